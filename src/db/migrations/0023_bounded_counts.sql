-- What the portal's login can fill is bounded, whatever it says. The minute it names is not compared with the database's clock: the clocks of two
-- machines may differ, and a city may stand on another day. It is taken as a name, of which few are open at once, and how long a minute stands is
-- measured by the database's own clock, from when it was first named: rows go two minutes later, with the next minute that is named or by the
-- worker's task, whichever comes first.
alter table portal_salt add column made_at timestamptz not null default clock_timestamp();
alter table portal_salt add column networks integer not null default 0;
comment on table portal_salt is 'What the digests of a minute are made with; deleted when the minute is over: with a later one, or by the worker.';
comment on column portal_salt.made_at is 'When the minute was first named, by the database''s clock: two minutes later it goes.';
comment on column portal_salt.networks is 'How many addresses are counted in the minute.';

create function forget_portal_counts() returns bigint
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  gone bigint;
begin
  -- One at a time opens minutes or deletes them.
  perform pg_advisory_xact_lock(735, 0);
  delete from portal_count c where not exists
    (select from portal_salt s where s.minute = c.minute and s.made_at >= clock_timestamp() - interval '2 minutes');
  get diagnostics gone = row_count;
  delete from portal_salt where made_at < clock_timestamp() - interval '2 minutes';
  return gone;
end $$;
comment on function forget_portal_counts() is 'Deletes counts and salts of minutes that were first named two minutes ago or earlier, by the database''s clock; how many counts.';
revoke execute on function forget_portal_counts() from public;
grant execute on function forget_portal_counts() to credit_app;

create or replace function pub.count_pages(of timestamptz, networks text[], added_pages bigint[], added_misses bigint[])
  returns table (network text, pages bigint, misses bigint)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
#variable_conflict use_column
begin
  if greatest(cardinality(networks), cardinality(added_pages), cardinality(added_misses)) > 2000 then
    raise exception 'more than 2000 addresses at once' using errcode = '22023';
  end if;
  if 0 > any (added_pages) or 0 > any (added_misses) then
    raise exception 'counts below zero' using errcode = '22023';
  end if;
  insert into portal_salt (minute, salt) values (of, uuid_send(gen_random_uuid())) on conflict do nothing;
  if found then
    perform forget_portal_counts();
    delete from portal_count where minute < of - interval '2 minutes';
    delete from portal_salt where minute < of - interval '2 minutes';
    if (select count(*) from portal_salt) > 5 then
      raise exception 'more than five minutes open' using errcode = '22023';
    end if;
  end if;
  if (select s.networks from portal_salt s where s.minute = of) >= 200000 then
    raise exception 'more than 200000 addresses in a minute' using errcode = '22023';
  end if;
  return query
    with asked as (select a.network, sha256(s.salt || convert_to(a.network, 'UTF8')) as digest, a.pages, a.misses
        from unnest(networks, added_pages, added_misses) as a (network, pages, misses), portal_salt s where s.minute = of),
      added as (insert into portal_count as c (minute, digest, pages, misses) select of, digest, pages, misses from asked order by digest
        on conflict (minute, digest) do update set pages = c.pages + excluded.pages, misses = c.misses + excluded.misses
        returning digest, pages, misses, xmax = 0 as is_new),
      counted as (update portal_salt s set networks = s.networks + (select count(*) from added where is_new)
        where s.minute = of and exists (select from added where is_new))
    select asked.network, added.pages, added.misses from asked join added using (digest);
end $$;
comment on function pub.count_pages(timestamptz, text[], bigint[], bigint[]) is 'Adds what a process of the portal saw of addresses in a minute; what all have seen of them. At most 2000 addresses at once, 200000 in a minute, five minutes open.';

-- A key that tells otherwise than the log knew is an act, and the register then knows what it tells.
grant update (kind, purpose, suite, made_at, made_by, use_from) on key_register to credit_app;
