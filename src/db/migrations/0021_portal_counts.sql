-- Processes of the portal add up whom they have seen often in a minute. Their login writes nothing but through this function, and an address is
-- kept as a digest under a salt of the minute, which goes two minutes later: nobody can tell from the rows who asked.
create table portal_salt (
  minute timestamptz not null,
  salt   bytea       not null,
  constraint portal_salt_key primary key (minute)
);
comment on table portal_salt is 'What the digests of a minute are made with; deleted two minutes later.';

create table portal_count (
  minute timestamptz not null,
  digest bytea       not null,
  pages  bigint      not null,
  misses bigint      not null,
  constraint portal_count_key primary key (minute, digest)
);
comment on table portal_count is 'Pages and answers that found nothing, of an address in a minute, added up over all processes of the portal. The address stands as a salted digest.';

create function pub.count_pages(of timestamptz, networks text[], added_pages bigint[], added_misses bigint[])
  returns table (network text, pages bigint, misses bigint)
  language plpgsql security definer set search_path = public, pg_temp
  as $$
#variable_conflict use_column
begin
  insert into portal_salt (minute, salt) values (of, uuid_send(gen_random_uuid())) on conflict do nothing;
  if found then
    delete from portal_count where minute < of - interval '2 minutes';
    delete from portal_salt where minute < of - interval '2 minutes';
  end if;
  return query
    with asked as (select a.network, sha256(s.salt || convert_to(a.network, 'UTF8')) as digest, a.pages, a.misses
        from unnest(networks, added_pages, added_misses) as a (network, pages, misses), portal_salt s where s.minute = of),
      added as (insert into portal_count as c (minute, digest, pages, misses) select of, digest, pages, misses from asked order by digest
        on conflict (minute, digest) do update set pages = c.pages + excluded.pages, misses = c.misses + excluded.misses
        returning digest, pages, misses)
    select asked.network, added.pages, added.misses from asked join added using (digest);
end $$;
comment on function pub.count_pages(timestamptz, text[], bigint[], bigint[]) is 'Adds what a process of the portal saw of addresses in a minute; what all have seen of them.';
revoke execute on function pub.count_pages(timestamptz, text[], bigint[], bigint[]) from public;
grant execute on function pub.count_pages(timestamptz, text[], bigint[], bigint[]) to credit_portal;
