-- breaking: yes
-- (a program that knows one login for everything could write no look any more)
-- A login for each way into the database (docs/decisions/0014): the door's plain one sees no table of what is in somebody's file; the look's
-- own one sees them and writes the register; changes and the line have theirs. What the register of looks says of the reason is kept beside
-- the purpose: the law, an authorisation of the subject, or that it is the subject itself.

alter table look add column ground text;
alter table look add column authorisation_id bigint;
comment on column look.ground is 'law, authorisation, own; null: registered before a look had to name one.';
comment on column look.authorisation_id is 'The authorisation by which it was allowed; null with ground authorisation: a report’s code, which the subject handed over.';
alter table look_miss add column basis text;
alter table look_miss add column ground text;
alter table look_miss add column authorisation_id bigint;
comment on column look_miss.ground is 'law, authorisation, own; null: registered before a look had to name one.';

-- Whose code, whose name: an answer of ids to an exact value. Nobody can leaf through these tables, not even the door.

create function subject_of_code(asked_kind text, asked_value text) returns bigint
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select subject_id from identifier_lookup where value = asked_value and kind = asked_kind $$;
comment on function subject_of_code(text, text) is 'The subject that has exactly this code.';

create function subjects_of_codes(asked_kinds text[], asked_values text[]) returns table (kind text, value text, subject_id bigint)
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select distinct l.kind, l.value, l.subject_id from unnest(asked_kinds, asked_values) as asked (kind, value) join identifier_lookup l using (value, kind) $$;
comment on function subjects_of_codes(text[], text[]) is 'The same for many.';

create function organisations_of_names(asked text[]) returns table (name_key text, subject_id bigint, present boolean)
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select n.name_key, n.subject_id, c.name_key = n.name_key from name_lookup n join subject_card c using (subject_id)
    where n.name_key = any(asked) and c.kind <> 'natural-person' $$;
comment on function organisations_of_names(text[]) is 'Organisations that have or had exactly one of these folded names, and whether it is the present one. Persons are never found by a name.';

create function person_of_document(asked_kind text, asked_values text[], asked_name_key text) returns bigint
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select l.subject_id from identifier_lookup l join subject s on s.subject_id = l.subject_id and s.kind = 'natural-person'
    where l.value = any(asked_values) and l.kind = asked_kind
      and exists (select from subject_name n where n.subject_id = l.subject_id and n.name_key = asked_name_key) limit 1 $$;
comment on function person_of_document(text, text[], text) is 'The person whose document has one of these blind indexes and who is or was called so: number and name must agree.';

revoke execute on function subject_of_code(text, text), subjects_of_codes(text[], text[]), organisations_of_names(text[]), person_of_document(text, text[], text) from public;
grant execute on function subject_of_code(text, text), subjects_of_codes(text[], text[]), organisations_of_names(text[]), person_of_document(text, text[], text) to credit_door, credit_app;

-- A public report shows what the portal shows; a special one is its subject's own and is read through a look.
create view public_report with (security_barrier) as
  select r.subject_id, r.report_id, r.code, r.number, r.kind, r.layout, r.issued_at, r.issued_to, r.window_from, r.window_to, r.valid_until, r.pages, r.digest,
    r.pdf_hash, r.model_hash, r.log_size, coalesce(e.state, 'issued') as state, e.at as ended_at, e.reason as end_reason
  from report r left join report_end e on e.subject_id = r.subject_id and e.report_id = r.report_id where r.kind = 'public';
comment on view public_report is 'Issued public reports with what has become of them: what the door may read of reports without a look.';
grant select on public_report to credit_door, credit_app;

grant usage on schema public, pub to credit_door, credit_look;
grant usage on sequence id_block to credit_door;
grant select on all tables in schema pub to credit_door, credit_look;
alter default privileges in schema pub grant select on tables to credit_door, credit_look;

-- The door: who may do what, what units sent (no kept row), ids and how they hang together.
grant select on account, access_token, session, sign_in_attempt, setting, law_edition, delivery, delivery_state, refusal, warning, timeliness,
  subject, subject_link, report_lookup, checkpoint to credit_door;
grant select (delivery_id, chunk_no, first_row, last_row, received, filed, duplicate, corrected, annulled, refused, waiting, warned, settled_at) on delivery_chunk to credit_door;
grant select (waiting_id, delivery_id, row_no, unit, item, reason, opened_at, decided_at) on waiting_row to credit_door;
-- No acts: a counter of wrong tries, and when a session was last used.
grant insert, update, delete on sign_in_attempt to credit_door;
grant update (seen_at) on session to credit_door;

-- The look: what is in somebody's file, and the register; it writes nothing else.
grant select on subject, subject_link, subject_card, subject_name, identifier, fact_content, waiting_row, waiting_decision, delivery_chunk, report, report_end,
  report_lookup, look, look_miss to credit_look;
grant insert on look, look_miss, ledger_batch to credit_look;

-- Changes and the line look at nobody: what they read is told as an act.
revoke insert on look, look_miss from credit_app;
