-- breaking: no
-- Two transactions that want the partition of a month at once: the second waits for the first and must find what it made. A name that was looked
-- up in vain is remembered until the next lock of a table, so that to_regclass goes on saying no; pg_class itself is asked behind the lock.
create or replace function make_fact_month(of date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part text := fact_month(of);
  first date := date_trunc('month', of)::date;
begin
  if to_regclass('public.' || part) is not null then return; end if;
  perform pg_advisory_xact_lock(7355608);
  if exists (select from pg_catalog.pg_class where relname = part and relnamespace = 'public'::regnamespace) then return; end if;
  if of < date '2016-01-01' then
    execute format('create table %I partition of fact for values from (minvalue) to (%L)', part, date '2016-01-01');
  else
    execute format('create table %I partition of fact for values from (%L) to (%L)', part, first, (first + interval '1 month')::date);
  end if;
end $$;
