-- breaking: no
-- What a unit and the credit office have open stands in the order of its day; how long corrections take to be complete is told to everybody.
drop index receiver_notice_open;
create index receiver_notice_open on receiver_notice (at, notice_id) where confirmed_at is null and kind <> 'corrected';
create index receiver_notice_own on receiver_notice (receiver, at, notice_id) where kind <> 'corrected';

create table pub.correction_time (
  month        date        not null,
  last_month   date        not null,
  corrections  integer     not null,
  complete     integer     not null,
  median_hours integer     not null,
  p90_hours    integer     not null,
  made_at      timestamptz not null,
  constraint correction_time_key primary key (month),
  constraint correction_time_cell check (complete >= 5 and corrections >= complete and last_month >= month)
);
comment on table pub.correction_time is 'How long corrections took until the last receiver had confirmed, by the month in which the records were taken away; months with fewer than five complete ones stand together with their neighbours.';
comment on column pub.correction_time.complete is 'Those whose receivers have all confirmed: of them the median and the 90th percentile, in hours.';
grant select, insert, update, delete on pub.correction_time to credit_app;
grant select on pub.correction_time to credit_portal, credit_reader;
grant select on pub.correction_time to credit_door, credit_look;

-- A subject is told how many of those who had a record have confirmed: not of those it is not told of yet.
grant execute on function is_delayed(text, text, timestamptz, date) to credit_door;

-- A stay takes a record away for as long as it lasts, from those who were handed it too.
alter table correction drop constraint correction_cause;
alter table correction add constraint correction_cause check (cause in ('corrected', 'annulled', 'repaired', 'removed', 'suspended', 'misattributed'));
