-- breaking: no
-- Cases: what is contested, repaired, decided about a subject, and the clocks that both sides see. A case moves by entries alone; what the
-- file and the clocks say of where it stands is written in the same transaction as the entry.
create table case_file (
  subject_id bigint not null,
  case_id bigint not null,
  procedure text not null,
  edition text not null,
  number text not null,
  about text not null,
  about_ref text,
  unit text not null,
  opened_unit text,
  opened_by text not null,
  opened_at timestamptz not null,
  opened_on date not null,
  state text not null,
  turn text not null,
  entry_no integer not null,
  parent_id bigint,
  closed_at timestamptz,
  act_id bigint not null,
  constraint case_file_key primary key (subject_id, case_id)
);
comment on table case_file is 'A case about a subject: by which edition of which procedure it runs, which unit is in charge, where it stands after its last entry.';
comment on column case_file.about_ref is 'The record, list, measure… that it is about, by its id.';
comment on column case_file.turn is 'Who has to do something now.';
create index case_file_unit on case_file (unit, case_id desc);
create index case_file_opened_unit on case_file (opened_unit, case_id desc) where opened_unit is not null;
create index case_file_parent on case_file (parent_id) where parent_id is not null;
create unique index case_file_one_open on case_file (subject_id, procedure, about_ref) where closed_at is null and about_ref is not null;
grant select, insert on case_file to credit_app;
grant update (unit, edition, state, turn, entry_no, closed_at) on case_file to credit_app;
grant select on case_file to credit_door;
grant select on case_file to credit_look;

create table case_entry (
  subject_id bigint not null,
  case_id bigint not null,
  entry_no integer not null,
  act text not null,
  from_state text,
  to_state text not null,
  office text not null,
  actor text not null,
  unit text,
  at timestamptz not null,
  on_day date not null,
  basis text not null,
  edition text not null,
  act_id bigint not null,
  constraint case_entry_key primary key (subject_id, case_id, entry_no)
);
comment on table case_entry is 'Every act of a case, one after the other: who did what, by which article. A case whose state differs from its last entry is corrupt.';
grant select, insert on case_entry to credit_app;
grant select on case_entry to credit_door;
grant select on case_entry to credit_look;

create table case_text (
  subject_id bigint not null,
  case_id bigint not null,
  entry_no integer not null,
  sealed bytea not null,
  constraint case_text_key primary key (subject_id, case_id, entry_no)
);
comment on table case_text is 'What was filled in with an act, sealed (aad case_text:<case_id>:<entry_no>).';
grant select, insert on case_text to credit_app;
grant select on case_text to credit_look;

create table case_paper (
  subject_id bigint not null,
  case_id bigint not null,
  paper_id bigint not null,
  entry_no integer not null,
  paper text not null,
  hash text not null,
  bytes bigint not null,
  media text not null,
  sealed_name bytea not null,
  act_id bigint not null,
  constraint case_paper_key primary key (subject_id, case_id, paper_id)
);
comment on table case_paper is 'Papers handed in with an act; the bytes lie in the store of sealed files. The name is sealed (aad case_paper:<paper_id>).';
grant select, insert on case_paper to credit_app;
grant select on case_paper to credit_look;

create table case_upload (
  paper_id bigint not null,
  actor text not null,
  hash text not null,
  bytes bigint not null,
  media text not null,
  sealed_name bytea not null,
  at timestamptz not null,
  used_at timestamptz,
  constraint case_upload_key primary key (paper_id)
);
comment on table case_upload is 'Papers that were sent and belong to no case yet; they wait a day for the act that hands them in. The name is sealed (aad case_paper:<paper_id>).';
create index case_upload_waiting on case_upload (at) where used_at is null;
grant select, insert, delete on case_upload to credit_app;
grant update (used_at) on case_upload to credit_app;
grant select on case_upload to credit_door;

create table case_clock (
  subject_id bigint not null,
  case_id bigint not null,
  clock text not null,
  run_no integer not null,
  duty text not null,
  unit text,
  runs jsonb not null,
  due_on date,
  is_suspended boolean not null default false,
  stopped_on date,
  constraint case_clock_key primary key (subject_id, case_id, clock, run_no)
);
comment on table case_clock is 'A clock of a case and what has happened to it (term, suspensions, extensions, transfers). due_on null: it stands still, or the calendar of that year is not published.';
create unique index case_clock_one_duty on case_clock (subject_id, case_id, duty) where stopped_on is null and duty <> 'term';
create index case_clock_work on case_clock (unit, due_on) where stopped_on is null;
create index case_clock_due on case_clock (due_on) where stopped_on is null;
grant select, insert on case_clock to credit_app;
grant update (unit, runs, due_on, is_suspended, stopped_on) on case_clock to credit_app;
grant select on case_clock to credit_door;
grant select on case_clock to credit_look;

-- The page of a case tells how many have yet to confirm what it took away.
grant select on correction to credit_look;
grant select on receiver_notice to credit_look;
