-- breaking: no
-- Credit commitments: the register of what was promised, from signing; and what of it the public sees while it is to be kept.
create table commitment_series (
  division text not null,
  on_day date not null,
  last integer not null,
  constraint commitment_series_key primary key (division, on_day)
);
comment on table commitment_series is 'The last number of a division''s commitments on a day. Its row is locked until the change that took a number is committed: a number that was rolled back is given again.';
grant select, insert, update on commitment_series to credit_app;
grant select on commitment_series to credit_door;

create table commitment (
  subject_id bigint not null,
  case_id bigint not null,
  number text not null,
  unit text not null,
  matter text not null,
  type text not null,
  template text not null,
  edition date not null,
  digest text not null,
  openness text not null,
  made_on date not null,
  valid_until date not null,
  act_id bigint not null,
  constraint commitment_key primary key (subject_id, case_id),
  constraint commitment_number unique (subject_id, number),
  constraint commitment_openness check (openness in ('public', 'limited', 'closed')),
  constraint commitment_range check (valid_until >= made_on)
);
comment on table commitment is 'A commitment that was signed: its number, the matter, the template with its edition and digest, until when. What was promised stands with its case; whether it was kept, in the record that the case files.';
create index commitment_unit on commitment (unit, made_on desc);
grant select, insert on commitment to credit_app;
grant select on commitment to credit_look;

create table pub.commitment (
  number text not null,
  subject_id bigint not null,
  subject_name text not null,
  uscc text,
  unit text not null,
  unit_name text not null,
  type text not null,
  type_name text not null,
  matter text not null,
  template text not null,
  edition date not null,
  digest text not null,
  text jsonb not null,
  made_on date not null,
  valid_until date not null,
  made_at timestamptz not null,
  constraint commitment_key primary key (subject_id, number)
);
comment on table pub.commitment is 'Commitments that are to be kept and whose signer wants them seen, from signing until it is decided whether they were kept: then the record speaks.';
create index commitment_of_number on pub.commitment (number);
create index commitment_day on pub.commitment (made_on desc, number desc);
create index commitment_of_unit on pub.commitment (unit, made_on desc, number desc);
create index commitment_of_type on pub.commitment (type, made_on desc, number desc);
create index commitment_of_subject on pub.commitment (subject_id);
grant select, insert, update, delete on pub.commitment to credit_app;
grant select on pub.commitment to credit_portal, credit_reader;
grant select on pub.commitment to credit_door, credit_look;
