-- breaking: no
-- Records that cases themselves decide: they come by the line as all others, and the case knows which is its own.
alter table delivery drop constraint delivery_channel;
alter table delivery add constraint delivery_channel check (channel in ('console', 'api', 'import', 'drop', 'entry', 'case'));

create table case_record (
  subject_id bigint not null,
  case_id bigint not null,
  record_id bigint not null,
  entry_no integer not null,
  act_id bigint not null,
  constraint case_record_key primary key (subject_id, case_id, record_id)
);
comment on table case_record is 'Records that a case has decided and filed (e.g. a listing), with the entry that did; what the case later takes back it finds here.';
grant select, insert on case_record to credit_app;
grant select on case_record to credit_look;
