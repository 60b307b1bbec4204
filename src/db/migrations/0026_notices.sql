-- breaking: no
-- Letters: what was served on whom, by which way, with the proof. Words are the law's templates; what a case filled in stands sealed.

create table notice_series (
  unit text    not null,
  year integer not null,
  last integer not null,
  constraint notice_series_key primary key (unit, year),
  constraint notice_series_last check (last > 0)
);
comment on table notice_series is 'The last number of a unit''s letters in a year. Its row is locked until the change that took a number is committed: a number that was rolled back is given again, so that there is no gap.';

create table notice (
  subject_id bigint      not null,
  notice_id  bigint      not null,
  case_id    bigint,
  unit       text        not null,
  to_unit    text,
  year       integer     not null,
  no         integer     not null,
  number     text        not null,
  notice     text        not null,
  edition    date        not null,
  made_at    timestamptz not null,
  made_on    date        not null,
  sealed     bytea       not null,
  digest     bytea       not null,
  served_on  date,
  act_id     bigint      not null,
  constraint notice_key primary key (subject_id, notice_id),
  constraint notice_digest check (octet_length(digest) = 32),
  constraint notice_served check (served_on is null or served_on >= made_on)
);
create index notice_unserved on notice (notice_id) where served_on is null;
create index notice_of_unit on notice (unit, notice_id desc);
create index notice_register on notice (unit, year, no);
create index notice_to_unit on notice (to_unit, notice_id desc) where to_unit is not null;
create index notice_of_case on notice (subject_id, case_id) where case_id is not null;
comment on table notice is 'A letter: by which template and edition, under which number, what was filled in (sealed), and the day from which it counts as served. Kept as long as its case.';
comment on column notice.to_unit is 'The unit that it goes to; null: the subject itself.';
comment on column notice.digest is 'SHA-256 of salt and content, as it stands in the act that wrote it; the salt is sealed with the content.';

create table notice_file (
  subject_id bigint      not null,
  notice_id  bigint      not null,
  pdf_hash   text        not null,
  pages      integer     not null,
  made_at    timestamptz not null,
  constraint notice_file_key primary key (subject_id, notice_id)
);
comment on table notice_file is 'The letter set in type: a sealed file by its hash. The same letter gives the same bytes.';

create table notice_service (
  subject_id bigint      not null,
  notice_id  bigint      not null,
  service_id bigint      not null,
  serial     text        not null,
  channel    text        not null,
  outcome    text        not null,
  at         timestamptz not null,
  on_day     date        not null,
  actor      text        not null,
  reason     text,
  sealed     bytea,
  act_id     bigint      not null,
  constraint notice_service_key primary key (subject_id, notice_id, service_id),
  -- What may have left twice carries the same number: it is told once.
  constraint notice_service_once unique (subject_id, notice_id, serial, outcome),
  constraint notice_service_channel check (channel in ('account', 'console', 'hand', 'post', 'publication', 'sms', 'email')),
  constraint notice_service_outcome check (outcome in ('placed', 'queued', 'printed', 'sent', 'opened', 'delivered', 'refused', 'returned', 'published', 'deemed', 'impossible'))
);
comment on table notice_service is 'Attempts to serve a letter and their proofs, appended. Where it went (address, tracking number) is sealed.';

create table service_address (
  subject_id bigint      not null,
  address_id bigint      not null,
  at         timestamptz not null,
  sealed     bytea       not null,
  act_id     bigint      not null,
  constraint service_address_key primary key (subject_id, address_id)
);
comment on table service_address is 'Where a subject wants to be reached (telephone, e-mail, postal address), sealed; the latest counts.';

grant select, insert, update on notice_series to credit_app;
grant select, insert on notice, notice_file, notice_service, service_address to credit_app;
grant update (served_on) on notice to credit_app;
-- The door lists letters by number and state; what they say is looked at.
grant select on notice_series, notice_file to credit_door;
grant select (subject_id, notice_id, case_id, unit, to_unit, year, no, number, notice, edition, made_at, made_on, served_on, act_id) on notice to credit_door;
grant select (subject_id, notice_id, service_id, serial, channel, outcome, at, on_day, actor, reason, act_id) on notice_service to credit_door;
grant select on notice, notice_service, service_address to credit_look;
