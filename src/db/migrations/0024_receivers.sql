-- breaking: no
-- A correction is finished when the last receiver has confirmed it (principle 10). The look is the receiver's entry (`until`); a business number
-- that is closed ends the entries made under it before. What takes a record away opens a notice to each receiver: the notices that ask for
-- deletion after an authorisation and those that tell of a correction are one machine.

create table business_end (
  unit        text        not null,
  business_no text        not null,
  at          timestamptz not null,
  actor       text        not null,
  act_id      bigint      not null,
  constraint business_end_key primary key (unit, business_no, act_id)
);
comment on table business_end is 'A unit says that its business of this number is closed: what it was shown under the number before is used no more. What it is shown under it later is used again.';
grant select, insert on business_end to credit_app;
grant select on business_end to credit_door;

create table correction (
  subject_id    bigint      not null,
  correction_id bigint      not null,
  record_ids    bigint[]    not null,
  cause         text        not null,
  case_id       bigint,
  at            timestamptz not null,
  act_id        bigint      not null,
  constraint correction_key primary key (subject_id, correction_id),
  constraint correction_cause check (cause in ('corrected', 'annulled', 'repaired', 'removed', 'misattributed')),
  constraint correction_records check (cardinality(record_ids) > 0)
);
create index correction_at on correction (at);
create index correction_case on correction (subject_id, case_id) where case_id is not null;
comment on table correction is 'Records that were taken away after somebody had been handed them; without a receiver there is no row. Ids alone: what was taken away is not told here.';
comment on column correction.act_id is 'The act that took them away.';
grant select, insert on correction to credit_app;
grant select on correction to credit_door;

alter table receiver_notice alter column authorisation_id drop not null;
alter table receiver_notice add column correction_id bigint;
alter table receiver_notice add column program text;
alter table receiver_notice add column outlets text[] not null default '{}';
alter table receiver_notice add column business_nos text[] not null default '{}';
alter table receiver_notice add column receipts text[] not null default '{}';
alter table receiver_notice add column entries integer not null default 0;
alter table receiver_notice add column due_on date;
alter table receiver_notice add column confirmed_at timestamptz;
alter table receiver_notice add column seq bigint;
alter table receiver_notice drop constraint receiver_notice_kind;
alter table receiver_notice add constraint receiver_notice_kind check (kind in ('delete-copies', 'correct-copies', 'corrected'));
alter table receiver_notice add constraint receiver_notice_about check
  ((kind = 'delete-copies') = (authorisation_id is not null) and (kind = 'delete-copies') = (correction_id is null));
create unique index receiver_notice_once on receiver_notice (subject_id, correction_id, receiver, coalesce(program, '')) where correction_id is not null;
create index receiver_notice_open on receiver_notice (at, notice_id) where kind = 'correct-copies' and confirmed_at is null;
create index receiver_notice_feed on receiver_notice (receiver, seq) where seq is not null;
create index receiver_notice_last on receiver_notice (seq) where seq is not null;
create index receiver_notice_unnumbered on receiver_notice (notice_id) where seq is null;
update receiver_notice n set confirmed_at = e.at from receiver_notice_end e where e.subject_id = n.subject_id and e.notice_id = n.notice_id;
grant update (confirmed_at, seq) on receiver_notice to credit_app;
comment on table receiver_notice is 'What a receiver of copies is asked or told (principle 10): delete what it got under an authorisation that is over (delete-copies), delete or correct what it was handed and may still use (correct-copies), or, its time of use being over, that it was corrected (corrected).';
comment on column receiver_notice.program is 'The program that fetched it; null: people of the unit.';
comment on column receiver_notice.business_nos is 'Under which numbers it was obtained, the latest of them; receipts likewise. `entries`: how often.';
comment on column receiver_notice.due_on is 'By when it is to be confirmed; null: nothing is asked, or the calendar of the year is not published.';
comment on column receiver_notice.seq is 'Commit-ordered number, given after the commit: the feed goes on behind it.';

alter table receiver_notice_end add column how text;
alter table receiver_notice_end add constraint receiver_notice_end_how check (how in ('deleted', 'corrected', 'never-used'));
comment on column receiver_notice_end.how is 'What became of the copy; null: confirmed before it was asked.';
