-- What the migrations make, written by `npm run schema`. Read it here, change it there.

-- public ------------------------------------------------------------------------------------------------------------------
create schema public;
grant usage on schema public to credit_app;
grant usage on schema public to credit_door;
grant usage on schema public to credit_look;
grant usage on schema public to credit_reader;

create sequence public.id_block as bigint increment by 1000 start with 1000;
comment on sequence public.id_block is 'Blocks of 1000 ids; the application hands them out below 2^53.';
grant usage on sequence public.id_block to credit_app;
grant usage on sequence public.id_block to credit_door;

CREATE OR REPLACE FUNCTION public.end_contents(certificate bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into frozen_content select c.* from retention_receipt e join fact_content c on c.subject_id = e.subject_id and c.fact_id = e.ref
    where e.certificate_id = certificate and e.kind = 'fact' and e.action = 'freeze';
  delete from fact_content c using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'fact' and c.subject_id = e.subject_id and c.fact_id = e.ref;
  delete from frozen_content c using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'frozen-fact' and c.subject_id = e.subject_id and c.fact_id = e.ref;
  update delivery_chunk c set kept_rows = '' from retention_receipt e
    where e.certificate_id = certificate and e.kind = 'kept-rows' and c.delivery_id = e.ref and c.chunk_no = e.part;
  update waiting_row w set sealed = '' from retention_receipt e
    where e.certificate_id = certificate and e.kind = 'waiting-row' and w.waiting_id = e.ref and w.decided_at is not null;
  delete from look l using retention_receipt e join ledger_batch b on b.batch_id = e.ref and b.kind = 'look'
    where e.certificate_id = certificate and e.kind = 'look-batch' and l.at = b.at and l.batch_id = b.batch_id;
  delete from look_miss l using retention_receipt e join ledger_batch b on b.batch_id = e.ref and b.kind = 'look'
    where e.certificate_id = certificate and e.kind = 'look-batch' and l.at = b.at and l.batch_id = b.batch_id;
  delete from rights_text t using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'rights-text' and t.subject_id = e.subject_id and t.request_id = e.ref;
end $function$;
comment on function public.end_contents(bigint) is 'Takes away what the receipts of a certificate name, and nothing else: the one way by which an append-only row goes.';
grant execute on function public.end_contents(bigint) to credit_app;

CREATE OR REPLACE FUNCTION public.fact_month(of date)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select case when of < date '2016-01-01' then 'fact_earlier' else 'fact_' || to_char(of, 'YYYY_MM') end $function$;
grant execute on function public.fact_month(date) to credit_app;

CREATE OR REPLACE FUNCTION public.forget_portal_counts()
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;
comment on function public.forget_portal_counts() is 'Deletes counts and salts of minutes that were first named two minutes ago or earlier, by the database''s clock; how many counts.';
grant execute on function public.forget_portal_counts() to credit_app;

CREATE OR REPLACE FUNCTION public.is_delayed(looked_unit text, looked_business_no text, looked_at timestamp with time zone, today date)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select exists (select from look_delay d join look_delay_decision c using (delay_id) left join look_delay_end e using (delay_id)
    where d.unit = looked_unit and d.business_no = looked_business_no and c.approved and looked_at >= c.at and d.until >= today and e.delay_id is null) $function$;
comment on function public.is_delayed(text,text,timestamp with time zone,date) is 'Whether the subject does not hear of this look yet. It does on the day after the last, at the latest; a look before the approval is never delayed.';
grant execute on function public.is_delayed(text,text,timestamp with time zone,date) to credit_app;
grant execute on function public.is_delayed(text,text,timestamp with time zone,date) to credit_door;
grant execute on function public.is_delayed(text,text,timestamp with time zone,date) to credit_look;

CREATE OR REPLACE FUNCTION public.make_fact_month(of date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;
comment on function public.make_fact_month(date) is 'Makes the partition of a month when its first fact arrives.';
grant execute on function public.make_fact_month(date) to credit_app;

CREATE OR REPLACE FUNCTION public.organisations_of_names(asked text[])
 RETURNS TABLE(name_key text, subject_id bigint, present boolean)
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select n.name_key, n.subject_id, c.name_key = n.name_key from name_lookup n join subject_card c using (subject_id)
    where n.name_key = any(asked) and c.kind <> 'natural-person' $function$;
comment on function public.organisations_of_names(text[]) is 'Organisations that have or had exactly one of these folded names, and whether it is the present one. Persons are never found by a name.';
grant execute on function public.organisations_of_names(text[]) to credit_app;
grant execute on function public.organisations_of_names(text[]) to credit_door;

CREATE OR REPLACE FUNCTION public.person_of_document(asked_kind text, asked_values text[], asked_name_key text)
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select l.subject_id from identifier_lookup l join subject s on s.subject_id = l.subject_id and s.kind = 'natural-person'
    where l.value = any(asked_values) and l.kind = asked_kind
      and exists (select from subject_name n where n.subject_id = l.subject_id and n.name_key = asked_name_key) limit 1 $function$;
comment on function public.person_of_document(text,text[],text) is 'The person whose document has one of these blind indexes and who is or was called so: number and name must agree.';
grant execute on function public.person_of_document(text,text[],text) to credit_app;
grant execute on function public.person_of_document(text,text[],text) to credit_door;

CREATE OR REPLACE FUNCTION public.subject_of_code(asked_kind text, asked_value text)
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select subject_id from identifier_lookup where value = asked_value and kind = asked_kind $function$;
comment on function public.subject_of_code(text,text) is 'The subject that has exactly this code.';
grant execute on function public.subject_of_code(text,text) to credit_app;
grant execute on function public.subject_of_code(text,text) to credit_door;

CREATE OR REPLACE FUNCTION public.subjects_of_codes(asked_kinds text[], asked_values text[])
 RETURNS TABLE(kind text, value text, subject_id bigint)
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select distinct l.kind, l.value, l.subject_id from unnest(asked_kinds, asked_values) as asked (kind, value) join identifier_lookup l using (value, kind) $function$;
comment on function public.subjects_of_codes(text[],text[]) is 'The same for many.';
grant execute on function public.subjects_of_codes(text[],text[]) to credit_app;
grant execute on function public.subjects_of_codes(text[],text[]) to credit_door;

create table public.access_token (
  token_hash bytea not null,
  token_id bigint not null,
  name text not null,
  unit text not null,
  roles text[] not null,
  made_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint access_token_key PRIMARY KEY (token_hash)
);
comment on table public.access_token is 'Programs, by digest of the token.';
grant insert, select, update on table public.access_token to credit_app;
grant select on table public.access_token to credit_door;

create table public.account (
  account_id bigint not null,
  login text not null,
  name text not null,
  unit text not null,
  subject_id bigint,
  password text,
  made_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  password_at timestamp with time zone,
  activated_at timestamp with time zone,
  constraint account_key PRIMARY KEY (account_id),
  constraint account_login UNIQUE (login),
  constraint account_password_of_owner CHECK (((password IS NULL) OR (activated_at IS NOT NULL)))
);
comment on table public.account is 'People of units, and of subjects (unit subject): whom these speak for stands in mandate.';
comment on column public.account.subject_id is 'No longer read: see mandate.';
comment on column public.account.password is 'argon2id; null: nobody has a password to it.';
comment on column public.account.password_at is 'When the password was set; null: with the account.';
comment on column public.account.activated_at is 'When its owner first set a password, or came by a unified identity; null: nobody has come yet, and no role is in force.';
grant insert, select, update on table public.account to credit_app;
grant select on table public.account to credit_door;

create table public.account_activation (
  code_mac bytea not null,
  account_id bigint not null,
  sealed bytea not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  act_id bigint not null,
  used_at timestamp with time zone,
  mac_key text,
  constraint account_activation_key PRIMARY KEY (code_mac)
);
comment on table public.account_activation is 'One-time codes handed over on paper, by keyed digest: with one a person chooses login and password. Name sealed (aad account_activation:<account_id>).';
comment on column public.account_activation.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
grant insert, select on table public.account_activation to credit_app;
grant select on table public.account_activation to credit_door;
grant update (used_at) on table public.account_activation to credit_app;

create table public.account_person (
  kind text not null,
  value text not null,
  account_id bigint not null,
  made_at timestamp with time zone not null,
  act_id bigint not null,
  constraint account_person_key PRIMARY KEY (kind, value)
);
CREATE INDEX account_person_account ON public.account_person USING btree (account_id);
comment on table public.account_person is 'The person behind an account, by blind index of a document: one person has one account. It may stand before the account is activated.';
grant insert, select on table public.account_person to credit_app;
grant select on table public.account_person to credit_door;

create table public.act (
  entity text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  deed text not null,
  actor text not null,
  unit text,
  detail jsonb not null,
  batch_id bigint not null,
  leaf_no integer not null,
  constraint act_key PRIMARY KEY (entity, at, act_id)
);
CREATE INDEX act_at ON public.act USING btree (at, act_id);
comment on table public.act is 'Every change as an appended act, in the transaction of the change (principle 11).';
grant insert, select on table public.act to credit_app;

create table public.authorisation (
  subject_id bigint not null,
  authorisation_id bigint not null,
  request_id bigint not null,
  subject_name text not null,
  uscc text,
  receiver text not null,
  purpose text not null,
  business_no text not null,
  classes text[] not null,
  times integer,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  granted_by text not null,
  mandate_id bigint,
  text_edition text not null,
  text_digest bytea not null,
  text_sealed bytea not null,
  act_id bigint not null,
  constraint authorisation_key PRIMARY KEY (subject_id, authorisation_id),
  constraint authorisation_digest CHECK ((octet_length(text_digest) = 32)),
  constraint authorisation_span CHECK ((valid_until > valid_from))
);
CREATE INDEX authorisation_receiver ON public.authorisation USING btree (receiver, authorisation_id DESC);
comment on table public.authorisation is 'What a subject lets a receiver see, for what, until when. The text it consented to is kept sealed, with its digest and edition, as evidence (PIPL 14).';
comment on column public.authorisation.subject_name is 'As the receiver may read it: of a person, masked.';
comment on column public.authorisation.valid_until is 'The first instant at which it is no longer in force.';
grant insert, select on table public.authorisation to credit_app;
grant select on table public.authorisation to credit_door;
grant select on table public.authorisation to credit_look;

create table public.authorisation_answer (
  request_id bigint not null,
  answer text not null,
  subject_id bigint,
  authorisation_id bigint,
  at timestamp with time zone not null,
  actor text not null,
  act_id bigint not null,
  constraint authorisation_answer_key PRIMARY KEY (request_id),
  constraint authorisation_answer_granted CHECK (((answer = 'granted'::text) = (authorisation_id IS NOT NULL))),
  constraint authorisation_answer_subject CHECK (((answer = 'withdrawn'::text) = (subject_id IS NULL))),
  constraint authorisation_answer_word CHECK ((answer = ANY (ARRAY['granted'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE INDEX authorisation_answer_subject ON public.authorisation_answer USING btree (subject_id, at DESC) WHERE (subject_id IS NOT NULL);
comment on table public.authorisation_answer is 'One answer a request: the subject''s yes or no, or the receiver''s own withdrawal. Its key lets nobody answer twice.';
grant insert, select on table public.authorisation_answer to credit_app;
grant select on table public.authorisation_answer to credit_door;

create table public.authorisation_end (
  subject_id bigint not null,
  authorisation_id bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  reason text,
  act_id bigint not null,
  constraint authorisation_end_key PRIMARY KEY (subject_id, authorisation_id)
);
comment on table public.authorisation_end is 'The subject took it back (PIPL 15).';
grant insert, select on table public.authorisation_end to credit_app;
grant select on table public.authorisation_end to credit_door;

create table public.authorisation_request (
  request_id bigint not null,
  code_mac bytea not null,
  receiver text not null,
  actor text not null,
  subject_id bigint,
  purpose text not null,
  business_no text not null,
  classes text[] not null,
  days integer not null,
  times integer,
  made_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  act_id bigint not null,
  mac_key text,
  constraint authorisation_request_key PRIMARY KEY (request_id),
  constraint authorisation_request_code UNIQUE (code_mac),
  constraint authorisation_request_classes CHECK ((cardinality(classes) > 0)),
  constraint authorisation_request_days CHECK (((days >= 1) AND (days <= 366))),
  constraint authorisation_request_span CHECK ((ends_at > made_at)),
  constraint authorisation_request_times CHECK ((times > 0))
);
CREATE INDEX authorisation_request_receiver ON public.authorisation_request USING btree (receiver, request_id DESC);
CREATE INDEX authorisation_request_subject ON public.authorisation_request USING btree (subject_id, ends_at) WHERE (subject_id IS NOT NULL);
comment on table public.authorisation_request is 'What a receiver asks a subject for. The code stands in its QR for some minutes; a keyed digest of it is kept. subject_id null: whoever scans it.';
comment on column public.authorisation_request.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
grant insert, select on table public.authorisation_request to credit_app;
grant select on table public.authorisation_request to credit_door;

create table public.authorisation_use (
  subject_id bigint not null,
  authorisation_id bigint not null,
  reads integer not null,
  last_read_at timestamp with time zone,
  ended_at timestamp with time zone,
  term_ended_at timestamp with time zone,
  constraint authorisation_use_key PRIMARY KEY (subject_id, authorisation_id)
);
CREATE INDEX authorisation_use_standing ON public.authorisation_use USING btree (subject_id, authorisation_id) WHERE ((ended_at IS NULL) AND (term_ended_at IS NULL));
comment on table public.authorisation_use is 'How often it was read under, and when it was taken back. A read and a revocation both change this one row, so that one waits for the other.';
comment on column public.authorisation_use.term_ended_at is 'When the clock saw that the term is over; null: in force, or taken back before. From then on nothing is read.';
grant insert, select on table public.authorisation_use to credit_app;
grant select on table public.authorisation_use to credit_door;
grant select on table public.authorisation_use to credit_look;
grant update (ended_at, term_ended_at) on table public.authorisation_use to credit_app;
grant update (reads, last_read_at) on table public.authorisation_use to credit_look;

create table public.authorised_report (
  subject_id bigint not null,
  authorisation_id bigint not null,
  report_id bigint not null,
  constraint authorised_report_key PRIMARY KEY (subject_id, authorisation_id, report_id)
);
comment on table public.authorised_report is 'Special reports issued to the receiver under an authorisation; its revocation withdraws them.';
grant insert, select on table public.authorised_report to credit_app;
grant select on table public.authorised_report to credit_door;

create table public.binding (
  binding_id bigint not null,
  unit text not null,
  capacity text not null,
  for_subject bigint,
  extent text[],
  valid_until date,
  person_kind text not null,
  person_value text not null,
  sealed bytea not null,
  evidence_kind text not null,
  evidence bytea not null,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  act_id bigint not null,
  settled_at timestamp with time zone,
  settled_by text,
  outcome text,
  mandate_id bigint,
  constraint binding_key PRIMARY KEY (binding_id),
  constraint binding_capacity CHECK ((capacity = ANY (ARRAY['self'::text, 'legal-representative'::text, 'agent'::text]))),
  constraint binding_outcome CHECK (((outcome = ANY (ARRAY['confirmed'::text, 'withdrawn'::text])) AND ((outcome IS NULL) = (settled_at IS NULL)))),
  constraint binding_two_officers CHECK (((outcome <> 'confirmed'::text) OR (settled_by <> opened_by)))
);
CREATE INDEX binding_unit ON public.binding USING btree (unit, opened_at DESC);
comment on table public.binding is 'A piece of a window''s work, about no subject until it is confirmed: one officer opens it, another of the same unit confirms it with the papers before him. Name and paper number sealed (aad binding:<binding_id>).';
grant insert, select on table public.binding to credit_app;
grant select on table public.binding to credit_door;
grant update (for_subject, settled_at, settled_by, outcome, mandate_id) on table public.binding to credit_app;

create table public.business_end (
  unit text not null,
  business_no text not null,
  at timestamp with time zone not null,
  actor text not null,
  act_id bigint not null,
  constraint business_end_key PRIMARY KEY (unit, business_no, act_id)
);
comment on table public.business_end is 'A unit says that its business of this number is closed: what it was shown under the number before is used no more. What it is shown under it later is used again.';
grant insert, select on table public.business_end to credit_app;
grant select on table public.business_end to credit_door;

create table public.campaign (
  campaign_id bigint not null,
  number text not null,
  name text not null,
  theme text not null,
  aim text not null,
  instrument text,
  document_no text,
  document_body text,
  lead_unit text not null,
  first_day date not null,
  last_day date not null,
  goals jsonb not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  act_id bigint not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  constraint campaign_key PRIMARY KEY (campaign_id),
  constraint campaign_basis CHECK (((num_nonnulls(instrument, document_no) = 1) AND (num_nulls(document_no, document_body) = ANY (ARRAY[0, 2])))),
  constraint campaign_days CHECK ((last_day >= first_day)),
  constraint campaign_decision CHECK (((decision = ANY (ARRAY['confirmed'::text, 'returned'::text])) AND (num_nulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3])))),
  constraint campaign_two_persons CHECK ((decided_by <> proposed_by))
);
CREATE INDEX campaign_waiting ON public.campaign USING btree (lead_unit) WHERE (decision IS NULL);
comment on table public.campaign is 'A campaign: for which problem, by which act or document, led by whom, from when until when; proposed by one person, opened by another.';
comment on column public.campaign.goals is 'Goal of law/campaigns.yaml → how much work is meant to be done; never a number of punishments.';
grant insert, select on table public.campaign to credit_app;
grant select on table public.campaign to credit_door;
grant update (decision, decided_by, decided_at) on table public.campaign to credit_app;

create table public.campaign_batch (
  campaign_id bigint not null,
  batch_id bigint not null,
  unit text not null,
  procedure text not null,
  digest text not null,
  row_count integer not null,
  sealed bytea not null,
  actor text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  constraint campaign_batch_key PRIMARY KEY (campaign_id, batch_id),
  constraint campaign_batch_once UNIQUE (campaign_id, unit, digest)
);
comment on table public.campaign_batch is 'A list of codes about each of which a case is to be opened, and the form they share, sealed (aad campaign_batch:<batch_id>). The same list is taken once.';
grant insert, select on table public.campaign_batch to credit_app;
grant select (campaign_id, batch_id, unit, procedure, digest, row_count, actor, at, act_id) on table public.campaign_batch to credit_door;

create table public.campaign_batch_row (
  campaign_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  case_id bigint,
  refusal text,
  basis text,
  facts jsonb,
  act_id bigint not null,
  constraint campaign_batch_row_key PRIMARY KEY (campaign_id, batch_id, row_no),
  constraint campaign_batch_row_end CHECK ((num_nonnulls(case_id, refusal) = 1))
);
comment on table public.campaign_batch_row is 'What became of a line of such a list: the case that was opened, or why none was (the code of the sentence, its article, its facts). A line that stands here is never taken again.';
grant insert, select on table public.campaign_batch_row to credit_app;
grant select on table public.campaign_batch_row to credit_door;

create table public.campaign_report (
  campaign_id bigint not null,
  counts jsonb not null,
  summary text not null,
  concluded_on date not null,
  actor text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  constraint campaign_report_key PRIMARY KEY (campaign_id)
);
comment on table public.campaign_report is 'What a campaign came to: counts of its cases on the day it ended. Cases that are open then go on under their own clocks.';
grant insert, select on table public.campaign_report to credit_app;
grant select on table public.campaign_report to credit_door;

create table public.campaign_unit (
  campaign_id bigint not null,
  unit text not null,
  constraint campaign_unit_key PRIMARY KEY (campaign_id, unit)
);
CREATE INDEX campaign_unit_unit ON public.campaign_unit USING btree (unit);
comment on table public.campaign_unit is 'The units that take part in a campaign beside the one that leads it.';
grant insert, select on table public.campaign_unit to credit_app;
grant select on table public.campaign_unit to credit_door;

create table public.case_clock (
  subject_id bigint not null,
  case_id bigint not null,
  clock text not null,
  run_no integer not null,
  duty text not null,
  unit text,
  runs jsonb not null,
  due_on date,
  is_suspended boolean default false not null,
  stopped_on date,
  constraint case_clock_key PRIMARY KEY (subject_id, case_id, clock, run_no)
);
CREATE INDEX case_clock_due ON public.case_clock USING btree (due_on) WHERE (stopped_on IS NULL);
CREATE UNIQUE INDEX case_clock_one_duty ON public.case_clock USING btree (subject_id, case_id, duty) WHERE ((stopped_on IS NULL) AND (duty <> 'term'::text));
CREATE INDEX case_clock_work ON public.case_clock USING btree (unit, due_on) WHERE (stopped_on IS NULL);
comment on table public.case_clock is 'A clock of a case and what has happened to it (term, suspensions, extensions, transfers). due_on null: it stands still, or the calendar of that year is not published.';
grant insert, select on table public.case_clock to credit_app;
grant select on table public.case_clock to credit_door;
grant select on table public.case_clock to credit_look;
grant update (unit, runs, due_on, is_suspended, stopped_on) on table public.case_clock to credit_app;

create table public.case_draft (
  subject_id bigint not null,
  actor text not null,
  draft_key text not null,
  sealed bytea not null,
  paper_ids bigint[] default '{}'::bigint[] not null,
  saved_at timestamp with time zone not null,
  constraint case_draft_key PRIMARY KEY (subject_id, actor, draft_key)
);
CREATE INDEX case_draft_saved ON public.case_draft USING btree (saved_at);
comment on table public.case_draft is 'Answers of an act that is not done yet, sealed (aad case_draft:<subject_id>:<actor>:<draft_key>), for whoever typed them and nobody else; they go when the act is done, when they are dropped, or after thirty days.';
comment on column public.case_draft.paper_ids is 'Papers that were sent with it: they wait as long as it does.';
grant delete, insert, select on table public.case_draft to credit_app;
grant select on table public.case_draft to credit_look;
grant update (sealed, paper_ids, saved_at) on table public.case_draft to credit_app;
grant select (paper_ids, saved_at) on table public.case_draft to credit_door;

create table public.case_entry (
  subject_id bigint not null,
  case_id bigint not null,
  entry_no integer not null,
  act text not null,
  from_state text,
  to_state text not null,
  office text not null,
  actor text not null,
  unit text,
  at timestamp with time zone not null,
  on_day date not null,
  basis text not null,
  edition text not null,
  act_id bigint not null,
  constraint case_entry_key PRIMARY KEY (subject_id, case_id, entry_no)
);
comment on table public.case_entry is 'Every act of a case, one after the other: who did what, by which article. A case whose state differs from its last entry is corrupt.';
grant insert, select on table public.case_entry to credit_app;
grant select on table public.case_entry to credit_door;
grant select on table public.case_entry to credit_look;

create table public.case_file (
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
  opened_at timestamp with time zone not null,
  opened_on date not null,
  state text not null,
  turn text not null,
  entry_no integer not null,
  parent_id bigint,
  closed_at timestamp with time zone,
  act_id bigint not null,
  constraint case_file_key PRIMARY KEY (subject_id, case_id)
);
CREATE INDEX case_file_closed ON public.case_file USING btree (case_id DESC) WHERE (closed_at IS NOT NULL);
CREATE INDEX case_file_measure ON public.case_file USING btree (subject_id) WHERE (about = 'measure'::text);
CREATE INDEX case_file_of_campaign ON public.case_file USING btree (parent_id, unit, state) WHERE (parent_id IS NOT NULL);
CREATE UNIQUE INDEX case_file_one_open ON public.case_file USING btree (subject_id, procedure, about_ref) WHERE ((closed_at IS NULL) AND (about_ref IS NOT NULL));
CREATE INDEX case_file_open ON public.case_file USING btree (unit, turn) WHERE (closed_at IS NULL);
CREATE INDEX case_file_opened_open ON public.case_file USING btree (opened_unit, turn) WHERE ((closed_at IS NULL) AND (opened_unit IS NOT NULL));
CREATE INDEX case_file_opened_unit ON public.case_file USING btree (opened_unit, case_id DESC) WHERE (opened_unit IS NOT NULL);
CREATE INDEX case_file_turn_open ON public.case_file USING btree (turn) WHERE (closed_at IS NULL);
CREATE INDEX case_file_unit ON public.case_file USING btree (unit, case_id DESC);
comment on table public.case_file is 'A case about a subject: by which edition of which procedure it runs, which unit is in charge, where it stands after its last entry.';
comment on column public.case_file.about_ref is 'The record, list, measure… that it is about, by its id.';
comment on column public.case_file.turn is 'Who has to do something now.';
grant insert, select on table public.case_file to credit_app;
grant select on table public.case_file to credit_door;
grant select on table public.case_file to credit_look;
grant update (edition, unit, state, turn, entry_no, closed_at) on table public.case_file to credit_app;

create table public.case_paper (
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
  constraint case_paper_key PRIMARY KEY (subject_id, case_id, paper_id)
);
comment on table public.case_paper is 'Papers handed in with an act; the bytes lie in the store of sealed files. The name is sealed (aad case_paper:<paper_id>).';
grant insert, select on table public.case_paper to credit_app;
grant select on table public.case_paper to credit_look;

create table public.case_record (
  subject_id bigint not null,
  case_id bigint not null,
  record_id bigint not null,
  entry_no integer not null,
  act_id bigint not null,
  constraint case_record_key PRIMARY KEY (subject_id, case_id, record_id)
);
comment on table public.case_record is 'Records that a case has decided and filed (e.g. a listing), with the entry that did; what the case later takes back it finds here.';
grant insert, select on table public.case_record to credit_app;
grant select on table public.case_record to credit_look;

create table public.case_text (
  subject_id bigint not null,
  case_id bigint not null,
  entry_no integer not null,
  sealed bytea not null,
  constraint case_text_key PRIMARY KEY (subject_id, case_id, entry_no)
);
comment on table public.case_text is 'What was filled in with an act, sealed (aad case_text:<case_id>:<entry_no>).';
grant insert, select on table public.case_text to credit_app;
grant select on table public.case_text to credit_look;

create table public.case_upload (
  paper_id bigint not null,
  actor text not null,
  hash text not null,
  bytes bigint not null,
  media text not null,
  sealed_name bytea not null,
  at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint case_upload_key PRIMARY KEY (paper_id)
);
CREATE INDEX case_upload_waiting ON public.case_upload USING btree (at) WHERE (used_at IS NULL);
comment on table public.case_upload is 'Papers that were sent and belong to no case yet; they wait a day for the act that hands them in. The name is sealed (aad case_paper:<paper_id>).';
grant delete, insert, select on table public.case_upload to credit_app;
grant select on table public.case_upload to credit_door;
grant update (used_at) on table public.case_upload to credit_app;

create table public.checkpoint (
  size bigint not null,
  at timestamp with time zone not null,
  note text not null,
  constraint checkpoint_key PRIMARY KEY (size)
);
comment on table public.checkpoint is 'Signed notes: origin, size, root of the log.';
grant insert, select on table public.checkpoint to credit_app;
grant select on table public.checkpoint to credit_door;

create table public.commitment (
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
  constraint commitment_key PRIMARY KEY (subject_id, case_id),
  constraint commitment_number UNIQUE (subject_id, number),
  constraint commitment_openness CHECK ((openness = ANY (ARRAY['public'::text, 'limited'::text, 'closed'::text]))),
  constraint commitment_range CHECK ((valid_until >= made_on))
);
CREATE INDEX commitment_unit ON public.commitment USING btree (unit, made_on DESC);
comment on table public.commitment is 'A commitment that was signed: its number, the matter, the template with its edition and digest, until when. What was promised stands with its case; whether it was kept, in the record that the case files.';
grant insert, select on table public.commitment to credit_app;
grant select on table public.commitment to credit_look;

create table public.commitment_series (
  division text not null,
  on_day date not null,
  last integer not null,
  constraint commitment_series_key PRIMARY KEY (division, on_day)
);
comment on table public.commitment_series is 'The last number of a division''s commitments on a day. Its row is locked until the change that took a number is committed: a number that was rolled back is given again.';
grant insert, select, update on table public.commitment_series to credit_app;
grant select on table public.commitment_series to credit_door;

create table public.compliance_check (
  check_id bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  results jsonb not null,
  act_id bigint not null,
  constraint compliance_check_key PRIMARY KEY (check_id)
);
comment on table public.compliance_check is 'What the self-check found, count by count (M462, M465). No personal value.';
grant insert, select on table public.compliance_check to credit_app;
grant select on table public.compliance_check to credit_door;

create table public.correction (
  subject_id bigint not null,
  correction_id bigint not null,
  record_ids bigint[] not null,
  cause text not null,
  case_id bigint,
  at timestamp with time zone not null,
  act_id bigint not null,
  constraint correction_key PRIMARY KEY (subject_id, correction_id),
  constraint correction_cause CHECK ((cause = ANY (ARRAY['corrected'::text, 'annulled'::text, 'repaired'::text, 'removed'::text, 'suspended'::text, 'misattributed'::text, 'resumed'::text]))),
  constraint correction_records CHECK ((cardinality(record_ids) > 0))
);
CREATE INDEX correction_at ON public.correction USING btree (at);
CREATE INDEX correction_case ON public.correction USING btree (subject_id, case_id) WHERE (case_id IS NOT NULL);
comment on table public.correction is 'Records that were taken away after somebody had been handed them; without a receiver there is no row. Ids alone: what was taken away is not told here.';
comment on column public.correction.act_id is 'The act that took them away.';
grant insert, select on table public.correction to credit_app;
grant select on table public.correction to credit_door;
grant select on table public.correction to credit_look;

create table public.delivery (
  delivery_id bigint not null,
  source text not null,
  unit text not null,
  item text not null,
  edition text not null,
  channel text not null,
  sender text not null,
  file_name text not null,
  file_hash bytea not null,
  file_bytes bigint not null,
  received_at timestamp with time zone not null,
  received_on date not null,
  same_as bigint,
  constraint delivery_key PRIMARY KEY (delivery_id),
  constraint delivery_channel CHECK ((channel = ANY (ARRAY['console'::text, 'api'::text, 'import'::text, 'drop'::text, 'entry'::text, 'case'::text])))
);
CREATE INDEX delivery_hash ON public.delivery USING btree (file_hash, source);
CREATE INDEX delivery_unit ON public.delivery USING btree (unit, delivery_id DESC);
comment on table public.delivery is 'A file as it was sent. The file itself is sealed in the store by its hash until the line has settled it.';
grant insert, select on table public.delivery to credit_app;
grant select on table public.delivery to credit_door;

create table public.delivery_chunk (
  delivery_id bigint not null,
  chunk_no integer not null,
  first_row bigint not null,
  last_row bigint not null,
  received integer not null,
  filed integer not null,
  duplicate integer not null,
  corrected integer not null,
  annulled integer not null,
  refused integer not null,
  waiting integer not null,
  row_nos integer[] not null,
  outcomes bytea not null,
  subject_ids bigint[] not null,
  fact_ids bigint[] not null,
  kept_rows bytea not null,
  settled_at timestamp with time zone not null,
  warned integer default 0 not null,
  constraint delivery_chunk_key PRIMARY KEY (delivery_id, chunk_no),
  constraint delivery_chunk_sum CHECK ((received = (((((filed + duplicate) + corrected) + annulled) + refused) + waiting)))
);
alter table public.delivery_chunk alter column kept_rows set storage external;
comment on table public.delivery_chunk is 'Some thousand rows settled in one transaction: one outcome a row, and the rows as sent, sealed, prohibited values blanked.';
comment on column public.delivery_chunk.warned is 'Rows with a warning, whatever their outcome.';
grant insert, select on table public.delivery_chunk to credit_app;
grant select on table public.delivery_chunk to credit_look;
grant select (delivery_id, chunk_no, first_row, last_row, received, filed, duplicate, corrected, annulled, refused, waiting, settled_at, warned) on table public.delivery_chunk to credit_door;

create table public.delivery_state (
  delivery_id bigint not null,
  state text not null,
  total_rows bigint,
  refusal jsonb,
  layout jsonb,
  started_at timestamp with time zone,
  settled_at timestamp with time zone,
  released_at timestamp with time zone,
  constraint delivery_state_key PRIMARY KEY (delivery_id),
  constraint delivery_state_word CHECK ((state = ANY (ARRAY['received'::text, 'settling'::text, 'settled'::text, 'refused'::text])))
);
CREATE INDEX delivery_state_open ON public.delivery_state USING btree (delivery_id) WHERE (state = ANY (ARRAY['received'::text, 'settling'::text]));
CREATE INDEX delivery_state_unreleased ON public.delivery_state USING btree (settled_at) WHERE (released_at IS NULL);
comment on table public.delivery_state is 'Projection: how far the line is with a delivery.';
grant insert, select, update on table public.delivery_state to credit_app;
grant select on table public.delivery_state to credit_door;

create table public.fact (
  subject_id bigint not null,
  decided_on date not null,
  fact_id bigint not null,
  item text not null,
  edition text not null,
  authority text not null,
  kind text not null,
  replaces bigint,
  known_from timestamp with time zone not null,
  received_on date not null,
  report_due_on date,
  delivery_id bigint not null,
  row_no integer not null,
  row_hash bytea not null,
  matched_by text not null,
  batch_id bigint not null,
  leaf_no integer not null,
  commitment bytea not null,
  constraint fact_key PRIMARY KEY (subject_id, decided_on, fact_id),
  constraint fact_commitment CHECK ((octet_length(commitment) = 32)),
  constraint fact_kind CHECK ((kind = ANY (ARRAY['record'::text, 'correction'::text, 'annulment'::text, 'gravity'::text, 'standing'::text, 'standing-end'::text, 'comment'::text, 'comment-end'::text]))),
  constraint fact_replaces CHECK (((kind = 'record'::text) = (replaces IS NULL)))
) partition by RANGE (decided_on);
comment on table public.fact is 'The skeleton of a fact, which stays for ever: ids, both times, edition, provenance, salted commitment to its content.';
grant insert, select on table public.fact to credit_app;

create table public.fact_content (
  subject_id bigint not null,
  fact_id bigint not null,
  decided_on date not null,
  item text not null,
  edition text not null,
  authority text not null,
  kind text not null,
  replaces bigint,
  known_from timestamp with time zone not null,
  received_on date not null,
  salt bytea not null,
  content json not null,
  report_due_on date,
  delivery_id bigint not null,
  row_no integer not null,
  row_hash bytea not null,
  matched_by text not null,
  commitment bytea not null,
  constraint fact_content_key PRIMARY KEY (subject_id, fact_id)
);
CREATE INDEX fact_content_decided ON public.fact_content USING brin (decided_on);
comment on table public.fact_content is 'What a fact says. Only the retention command deletes here. Copies of the skeleton''s times and of its origin let one range scan read a whole archive.';
grant insert, select on table public.fact_content to credit_app;
grant select on table public.fact_content to credit_look;

create table public.federated_person (
  binding_id bigint not null,
  provider text not null,
  person_index text not null,
  holder text not null,
  account_id bigint not null,
  bound_by text not null,
  bound_at timestamp with time zone not null,
  act_id bigint not null,
  ended_at timestamp with time zone,
  constraint federated_person_key PRIMARY KEY (binding_id),
  constraint federated_person_by CHECK ((bound_by = ANY (ARRAY['claims'::text, 'employee-number'::text, 'invitation'::text]))),
  constraint federated_person_holder CHECK ((holder = ANY (ARRAY['staff'::text, 'subject'::text])))
);
CREATE UNIQUE INDEX federated_person_once ON public.federated_person USING btree (provider, person_index, holder) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX federated_person_staff ON public.federated_person USING btree (provider, account_id) WHERE ((ended_at IS NULL) AND (holder = 'staff'::text));
comment on table public.federated_person is 'Who comes through a provider of unified identity: its stable id as a keyed index only, and the account it opens. For whom that account speaks stands in mandate.';
comment on column public.federated_person.person_index is 'Hex of the blind index over provider and the person''s id there. The id itself is kept nowhere.';
grant insert, select on table public.federated_person to credit_app;
grant select on table public.federated_person to credit_door;
grant update (ended_at) on table public.federated_person to credit_app;

create table public.federated_session (
  session_id bigint not null,
  provider text not null,
  provider_person text not null,
  provider_session text,
  id_token bytea not null,
  made_at timestamp with time zone not null,
  constraint federated_session_key PRIMARY KEY (session_id)
);
CREATE INDEX federated_session_person ON public.federated_session USING btree (provider, provider_person);
CREATE INDEX federated_session_session ON public.federated_session USING btree (provider, provider_session) WHERE (provider_session IS NOT NULL);
comment on table public.federated_session is 'What a session that began at a provider keeps of it: what a logout token names, and the ID token, sealed, that signing out there wants back. Swept soon after its session has ended.';
comment on column public.federated_session.provider_person is 'Hex of the blind index over provider and `sub`.';
comment on column public.federated_session.provider_session is 'The same over the provider''s `sid`.';
grant delete, insert, select on table public.federated_session to credit_app;
grant select on table public.federated_session to credit_door;

create table public.first_code (
  account_id bigint not null,
  code_no integer not null,
  code_mac bytea not null,
  mac_key text not null,
  issued_by text not null,
  issued_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  used_at timestamp with time zone,
  closed_at timestamp with time zone,
  constraint first_code_key PRIMARY KEY (account_id, code_no),
  constraint first_code_end CHECK ((num_nonnulls(used_at, closed_at) < 2))
);
CREATE UNIQUE INDEX first_code_open ON public.first_code USING btree (account_id) WHERE ((used_at IS NULL) AND (closed_at IS NULL));
comment on table public.first_code is 'Codes with which the owner of a new account sets its first password, as keyed digests: said once, used once, over on their day.';
comment on column public.first_code.mac_key is 'The id of the key that made code_mac.';
comment on column public.first_code.closed_at is 'When a later code, a reset or a sign-in by a unified identity took its place.';
grant insert, select on table public.first_code to credit_app;
grant select on table public.first_code to credit_door;
grant update (used_at, closed_at) on table public.first_code to credit_app;

create table public.former_content (
  number_hash uuid not null,
  content_mac uuid not null,
  fact_id bigint not null,
  constraint former_content_key PRIMARY KEY (number_hash, content_mac)
);
comment on table public.former_content is 'Keyed digests of superseded versions: a file sent again must not undo a correction.';
grant insert, select on table public.former_content to credit_app;

create table public.frozen_content (
  subject_id bigint not null,
  fact_id bigint not null,
  decided_on date not null,
  item text not null,
  edition text not null,
  authority text not null,
  kind text not null,
  replaces bigint,
  known_from timestamp with time zone not null,
  received_on date not null,
  salt bytea not null,
  content json not null,
  report_due_on date,
  delivery_id bigint not null,
  row_no integer not null,
  row_hash bytea not null,
  matched_by text not null,
  commitment bytea not null,
  constraint frozen_content_key PRIMARY KEY (subject_id, fact_id)
);
comment on table public.frozen_content is 'Contents of facts past their retention that are kept for courts and audit alone. No outlet reads it.';
grant select on table public.frozen_content to credit_app;
grant select on table public.frozen_content to credit_look;

create table public.gate (
  gate_id bigint not null,
  function_row text not null,
  assessment_id bigint not null,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  valid_from date not null,
  valid_until date not null,
  act_id bigint not null,
  constraint gate_key PRIMARY KEY (gate_id),
  constraint gate_signed FOREIGN KEY (assessment_id, function_row) REFERENCES public.gate_sign_off(assessment_id, function_row),
  constraint gate_span CHECK ((valid_until >= valid_from))
);
CREATE INDEX gate_of_function ON public.gate USING btree (function_row, gate_id DESC);
comment on table public.gate is 'That a function of the register is switched on, from a day to a day. Off is the absence of a row whose days reach today.';
grant insert, select on table public.gate to credit_app;
grant select on table public.gate to credit_door;

create table public.gate_end (
  gate_id bigint not null,
  ended_at timestamp with time zone not null,
  ended_by text not null,
  reason text not null,
  act_id bigint not null,
  constraint gate_end_key PRIMARY KEY (gate_id)
);
comment on table public.gate_end is 'A switch that was closed before its day.';
grant insert, select on table public.gate_end to credit_app;
grant select on table public.gate_end to credit_door;

create table public.gate_sign_off (
  assessment_id bigint not null,
  function_row text not null,
  author text not null,
  signed_by text not null,
  signer_unit text,
  statement text not null,
  signed_at timestamp with time zone not null,
  act_id bigint not null,
  constraint gate_sign_off_key PRIMARY KEY (assessment_id),
  constraint gate_sign_off_whole UNIQUE (assessment_id, function_row),
  constraint gate_sign_off_of FOREIGN KEY (assessment_id, function_row, author) REFERENCES public.impact_assessment(assessment_id, function_row, author),
  constraint gate_sign_off_other CHECK ((signed_by <> author))
);
comment on table public.gate_sign_off is 'That another person than the author stands for an assessment; published on the portal.';
grant insert, select on table public.gate_sign_off to credit_app;
grant select on table public.gate_sign_off to credit_door;

create table public.identifier (
  subject_id bigint not null,
  kind text not null,
  value text not null,
  known_from timestamp with time zone not null,
  valid_from date,
  fact_id bigint,
  constraint identifier_key PRIMARY KEY (subject_id, kind, value),
  constraint identifier_kind CHECK ((kind = ANY (ARRAY['uscc'::text, 'organisation-code'::text, 'registration-number'::text, 'tax-number'::text, 'institution-number'::text, 'resident-id'::text, 'passport'::text, 'hong-kong-macao-permit'::text, 'taiwan-permit'::text, 'foreign-permanent-residence'::text])))
);
comment on table public.identifier is 'What identifies a subject. For persons the value is a keyed blind index, never the number.';
grant insert, select on table public.identifier to credit_app;
grant select on table public.identifier to credit_look;

create table public.identifier_lookup (
  value text not null,
  kind text not null,
  subject_id bigint not null,
  constraint identifier_lookup_key PRIMARY KEY (value, kind)
);
comment on table public.identifier_lookup is 'Whose is this value? Distributed by value.';
grant delete, insert, select, update on table public.identifier_lookup to credit_app;

create table public.identity_invitation (
  invitation_id bigint not null,
  code_digest bytea not null,
  provider text not null,
  account_id bigint not null,
  made_at timestamp with time zone not null,
  made_by text not null,
  ends_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint identity_invitation_key PRIMARY KEY (invitation_id),
  constraint identity_invitation_code UNIQUE (code_digest)
);
comment on table public.identity_invitation is 'An administrator''s word that whoever holds the code may bind a provider''s identity to this staff account, once.';
grant insert, select on table public.identity_invitation to credit_app;
grant select on table public.identity_invitation to credit_door;
grant update (used_at) on table public.identity_invitation to credit_app;

create table public.identity_request (
  state_digest bytea not null,
  provider text not null,
  door text not null,
  back text not null,
  browser_digest bytea not null,
  invitation_id bigint,
  sealed bytea not null,
  made_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint identity_request_key PRIMARY KEY (state_digest),
  constraint identity_request_door CHECK ((door = ANY (ARRAY['staff'::text, 'subjects'::text])))
);
CREATE INDEX identity_request_end ON public.identity_request USING btree (ends_at);
comment on table public.identity_request is 'Sign-ins on their way to a provider and back: taken once, within ten minutes, by the browser that began them. `sealed`: nonce and PKCE verifier.';
grant delete, insert, select on table public.identity_request to credit_app;
grant delete, insert, select on table public.identity_request to credit_door;

create table public.impact_assessment (
  assessment_id bigint not null,
  function_row text not null,
  basis text not null,
  purpose text not null,
  necessity text not null,
  effects text not null,
  measures text not null,
  author text not null,
  author_unit text,
  made_at timestamp with time zone not null,
  act_id bigint not null,
  constraint impact_assessment_key PRIMARY KEY (assessment_id),
  constraint impact_assessment_whole UNIQUE (assessment_id, function_row, author)
);
comment on table public.impact_assessment is 'Impact assessments on the protection of personal information (PIPL 55, 56). Kept at least three years.';
grant insert, select on table public.impact_assessment to credit_app;
grant select on table public.impact_assessment to credit_door;

create table public.key_register (
  key_id text not null,
  kind text not null,
  purpose text,
  suite text not null,
  made_at timestamp with time zone not null,
  made_by text not null,
  use_from timestamp with time zone,
  wrapped_by text,
  entered_at timestamp with time zone not null,
  gone_at timestamp with time zone,
  act_id bigint not null,
  constraint key_register_key PRIMARY KEY (key_id),
  constraint key_register_kind CHECK ((kind = ANY (ARRAY['key'::text, 'master-key'::text])))
);
comment on table public.key_register is 'Keys as the log knows them, never their secrets: what for, made when and by whom, under which master key, gone since when.';
grant insert, select on table public.key_register to credit_app;
grant select on table public.key_register to credit_door;
grant update (kind, purpose, suite, made_at, made_by, use_from, wrapped_by, gone_at, act_id) on table public.key_register to credit_app;

create table public.law_edition (
  path text not null,
  edition text not null,
  content text not null,
  drafted_by text not null,
  approved_by text,
  approved_at timestamp with time zone,
  in_force_from date not null,
  digest bytea not null,
  constraint law_edition_key PRIMARY KEY (path, edition)
);
comment on table public.law_edition is 'Editions of law and city tables made in the console; the loader takes them like files.';
grant insert, select on table public.law_edition to credit_app;
grant select on table public.law_edition to credit_door;
grant update (approved_by, approved_at) on table public.law_edition to credit_app;

create table public.ledger_batch (
  batch_id bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  leaf_count integer not null,
  leaves bytea not null,
  first_leaf bigint,
  sequenced_at timestamp with time zone,
  constraint ledger_batch_key PRIMARY KEY (batch_id),
  constraint ledger_batch_kind CHECK ((kind = ANY (ARRAY['change'::text, 'look'::text]))),
  constraint ledger_batch_size CHECK ((octet_length(leaves) = (leaf_count * 32)))
);
CREATE UNIQUE INDEX ledger_batch_position ON public.ledger_batch USING btree (first_leaf) WHERE (first_leaf IS NOT NULL);
CREATE INDEX ledger_batch_waiting ON public.ledger_batch USING btree (batch_id) WHERE (first_leaf IS NULL);
comment on table public.ledger_batch is 'Leaf hashes of one transaction, written in it; the sequencer gives them their place in the log after the commit.';
grant insert, select on table public.ledger_batch to credit_app;
grant insert on table public.ledger_batch to credit_look;
grant update (first_leaf, sequenced_at) on table public.ledger_batch to credit_app;

create table public.ledger_tile (
  level smallint not null,
  place bigint not null,
  hashes bytea not null,
  constraint ledger_tile_key PRIMARY KEY (level, place)
);
comment on table public.ledger_tile is 'Up to 256 node hashes of one level of the Merkle tree; only the last tile of a level is ever written again.';
grant insert, select, update on table public.ledger_tile to credit_app;

create table public.logout_token (
  provider text not null,
  jti_digest bytea not null,
  ends_at timestamp with time zone not null,
  constraint logout_token_key PRIMARY KEY (provider, jti_digest)
);
CREATE INDEX logout_token_end ON public.logout_token USING btree (ends_at);
comment on table public.logout_token is 'Back-channel logout tokens that were obeyed, for as long as they could be sent again.';
grant delete, insert, select on table public.logout_token to credit_app;

create table public.look (
  subject_id bigint not null,
  at timestamp with time zone not null,
  look_id bigint not null,
  actor text not null,
  unit text,
  outlet text not null,
  purpose text not null,
  business_no text not null,
  basis text,
  shown text[] not null,
  until date,
  receipt text not null,
  batch_id bigint not null,
  leaf_no integer not null,
  ground text,
  authorisation_id bigint,
  mandate_id bigint,
  constraint look_key PRIMARY KEY (subject_id, at, look_id)
);
CREATE INDEX look_at ON public.look USING btree (at DESC, look_id DESC);
CREATE INDEX look_receipt ON public.look USING btree (receipt);
comment on table public.look is 'One row per subject shown, written in the transaction of the read (principle 8). Also the entry of the receiver.';
comment on column public.look.ground is 'law, authorisation, own; null: registered before a look had to name one.';
comment on column public.look.authorisation_id is 'The authorisation by which it was allowed; null with ground authorisation: a report’s code, which the subject handed over.';
comment on column public.look.mandate_id is 'The mandate by which whoever looked spoke for a subject; null: an officer, a program, anyone, or registered before it was kept.';
grant select on table public.look to credit_app;
grant insert, select on table public.look to credit_look;

create table public.look_alert (
  alert_id bigint not null,
  rule text not null,
  actor text not null,
  unit text not null,
  looked_on date not null,
  count integer not null,
  at_least integer not null,
  receipts text[] not null,
  found_at timestamp with time zone not null,
  act_id bigint not null,
  constraint look_alert_key PRIMARY KEY (alert_id),
  constraint look_alert_once UNIQUE (rule, actor, unit, looked_on)
);
CREATE INDEX look_alert_actor ON public.look_alert USING btree (actor, alert_id DESC);
CREATE INDEX look_alert_found ON public.look_alert USING btree (found_at DESC, alert_id DESC);
comment on table public.look_alert is 'Looking that stood out on a day: by which rule, whose, how often, the receipts of some looks. What was looked at stands in the register alone.';
grant insert, select on table public.look_alert to credit_app;
grant select on table public.look_alert to credit_door;

create table public.look_alert_step (
  alert_id bigint not null,
  step_no integer not null,
  step text not null,
  text text not null,
  due_on date,
  actor text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  constraint look_alert_step_key PRIMARY KEY (alert_id, step_no),
  constraint look_alert_step_word CHECK ((step = ANY (ARRAY['asked'::text, 'explained'::text, 'justified'::text, 'breach'::text])))
);
comment on table public.look_alert_step is 'The auditor asks for an explanation (due_on null: the calendar of the year is not published), the one who looked explains, the auditor closes.';
grant insert, select on table public.look_alert_step to credit_app;
grant select on table public.look_alert_step to credit_door;

create table public.look_delay (
  delay_id bigint not null,
  unit text not null,
  business_no text not null,
  ground text not null,
  reason text not null,
  until date not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  act_id bigint not null,
  constraint look_delay_key PRIMARY KEY (delay_id)
);
CREATE INDEX look_delay_of ON public.look_delay USING btree (unit, business_no);
comment on table public.look_delay is 'A unit asks that a subject hears later of looks under one business number: ground, reason, last day. Without another person''s approval it has no effect.';
grant insert, select on table public.look_delay to credit_app;
grant select on table public.look_delay to credit_door;

create table public.look_delay_decision (
  delay_id bigint not null,
  approved boolean not null,
  reason text not null,
  actor text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  constraint look_delay_decision_key PRIMARY KEY (delay_id)
);
comment on table public.look_delay_decision is 'Who decided on a delay, another person than who asked; from this instant on looks under the number are told later.';
grant insert, select on table public.look_delay_decision to credit_app;
grant select on table public.look_delay_decision to credit_door;

create table public.look_delay_end (
  delay_id bigint not null,
  reason text not null,
  actor text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  constraint look_delay_end_key PRIMARY KEY (delay_id)
);
comment on table public.look_delay_end is 'A delay ended before its last day: what was looked at is told from now on.';
grant insert, select on table public.look_delay_end to credit_app;
grant select on table public.look_delay_end to credit_door;

create table public.look_miss (
  look_id bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  unit text,
  outlet text not null,
  purpose text not null,
  business_no text not null,
  asked bytea not null,
  receipt text not null,
  batch_id bigint not null,
  leaf_no integer not null,
  basis text,
  ground text,
  authorisation_id bigint,
  mandate_id bigint,
  constraint look_miss_key PRIMARY KEY (look_id)
);
CREATE INDEX look_miss_at ON public.look_miss USING btree (at DESC, look_id DESC);
CREATE INDEX look_miss_receipt ON public.look_miss USING btree (receipt);
comment on table public.look_miss is 'Looks that found nobody; what was asked for is kept as a keyed digest only.';
comment on column public.look_miss.ground is 'law, authorisation, own; null: registered before a look had to name one.';
comment on column public.look_miss.mandate_id is 'As in look.';
grant select on table public.look_miss to credit_app;
grant insert, select on table public.look_miss to credit_look;

create table public.mandate (
  subject_id bigint not null,
  mandate_id bigint not null,
  account_id bigint not null,
  capacity text not null,
  extent text[],
  valid_from date not null,
  valid_until date,
  bound_by text not null,
  representative text,
  evidence_kind text,
  evidence bytea,
  business_no text,
  made_at timestamp with time zone not null,
  act_id bigint not null,
  constraint mandate_key PRIMARY KEY (subject_id, mandate_id),
  constraint mandate_agent_end CHECK ((((capacity = 'agent'::text) = (valid_until IS NOT NULL)) AND (valid_until <= (valid_from + '2 years'::interval)))),
  constraint mandate_agent_extent CHECK ((((capacity = 'agent'::text) = (extent IS NOT NULL)) AND (COALESCE(cardinality(extent), 1) > 0))),
  constraint mandate_bound_by CHECK ((bound_by = ANY (ARRAY['oidc'::text, 'window'::text, 'principal'::text, 'operator'::text]))),
  constraint mandate_capacity CHECK ((capacity = ANY (ARRAY['self'::text, 'legal-representative'::text, 'agent'::text]))),
  constraint mandate_days CHECK ((valid_until >= valid_from))
);
CREATE INDEX mandate_account ON public.mandate USING btree (account_id);
comment on table public.mandate is 'Who speaks for a subject, in what, from the first to the last day (both included). In force is computed from the days and mandate_end, never a flag.';
comment on column public.mandate.extent is 'Permissions that an agent has; what the roles of subjects gain later is not among them.';
comment on column public.mandate.representative is 'Name, as it is compared, under which the register had the legal representative when he was bound.';
comment on column public.mandate.evidence is 'Sealed number of the paper or message that the binding rests on; aad mandate:<mandate_id>.';
grant insert, select on table public.mandate to credit_app;
grant select on table public.mandate to credit_door;

create table public.mandate_end (
  subject_id bigint not null,
  mandate_id bigint not null,
  act_id bigint not null,
  at timestamp with time zone not null,
  last_day date,
  why text not null,
  ended_by text not null,
  constraint mandate_end_key PRIMARY KEY (subject_id, mandate_id, act_id),
  constraint mandate_end_why CHECK ((why = ANY (ARRAY['principal'::text, 'agent'::text, 'operator'::text, 'replaced'::text, 'representative-changed'::text])))
);
comment on table public.mandate_end is 'What ends a mandate before its last day: at once (last_day null), or with an earlier last day. Appended; the earliest end counts.';
grant insert, select on table public.mandate_end to credit_app;
grant select on table public.mandate_end to credit_door;

create table public.mandate_invitation (
  subject_id bigint not null,
  invitation_id bigint not null,
  code_mac bytea not null,
  sealed bytea not null,
  extent text[] not null,
  valid_until date not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  act_id bigint not null,
  settled_at timestamp with time zone,
  outcome text,
  mandate_id bigint,
  mac_key text,
  constraint mandate_invitation_key PRIMARY KEY (subject_id, invitation_id),
  constraint mandate_invitation_outcome CHECK (((outcome = ANY (ARRAY['accepted'::text, 'withdrawn'::text])) AND ((outcome IS NULL) = (settled_at IS NULL))))
);
CREATE INDEX mandate_invitation_code ON public.mandate_invitation USING btree (code_mac);
comment on table public.mandate_invitation is 'A principal invites an agent by a one-time code, kept as a keyed digest; name and telephone of the invited sealed (aad mandate_invitation:<invitation_id>).';
comment on column public.mandate_invitation.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
grant insert, select on table public.mandate_invitation to credit_app;
grant select on table public.mandate_invitation to credit_door;
grant update (settled_at, outcome, mandate_id) on table public.mandate_invitation to credit_app;

create table public.measure (
  subject_id bigint not null,
  case_id bigint not null,
  number text not null,
  measure text not null,
  record_id bigint not null,
  decided_on date not null,
  statutes text[] not null,
  body text not null,
  initiator text not null,
  officer text not null,
  confirmed_by text not null,
  notice_id bigint not null,
  served_on date not null,
  answer_until date not null,
  from_day date not null,
  term text not null,
  until_day date,
  until_event text,
  review_on date not null,
  remedies text[] not null,
  act_id bigint not null,
  constraint measure_key PRIMARY KEY (subject_id, case_id),
  constraint measure_body CHECK ((body <> ''::text)),
  constraint measure_ground FOREIGN KEY (subject_id, decided_on, record_id) REFERENCES public.fact(subject_id, decided_on, fact_id),
  constraint measure_heard CHECK (((served_on <= answer_until) AND (answer_until < from_day))),
  constraint measure_notice FOREIGN KEY (subject_id, notice_id) REFERENCES public.notice(subject_id, notice_id),
  constraint measure_officer CHECK (((officer <> ''::text) AND (confirmed_by <> ''::text) AND (officer <> confirmed_by))),
  constraint measure_remedy CHECK ((remedies @> ARRAY['reconsideration'::text, 'suit'::text])),
  constraint measure_review CHECK ((review_on > from_day)),
  constraint measure_statute CHECK (((cardinality(statutes) > 0) AND (array_position(statutes, NULL::text) IS NULL) AND (array_position(statutes, ''::text) IS NULL))),
  constraint measure_term CHECK (
CASE term
    WHEN 'day'::text THEN (until_day IS NOT NULL)
    WHEN 'event'::text THEN (COALESCE(until_event, ''::text) <> ''::text)
    WHEN 'life'::text THEN ((until_day IS NULL) AND (until_event IS NULL))
    ELSE false
END),
  constraint measure_term_after CHECK ((until_day >= from_day))
);
CREATE INDEX measure_of_body ON public.measure USING btree (body, case_id DESC);
CREATE INDEX measure_of_initiator ON public.measure USING btree (initiator, case_id DESC);
CREATE INDEX measure_of_record ON public.measure USING btree (subject_id, record_id);
comment on table public.measure is 'A measure with its seven parts: the record on which it rests (its subject''s own: the key to fact says so), the articles, the body, two officers, the notice that was served with the time to answer, the end with a review day, the remedies. It restricts nobody by itself.';
comment on column public.measure.measure is 'The row of law/measures.yaml.';
comment on column public.measure.record_id is 'The list entry or effective decision on which it rests.';
comment on column public.measure.until_day is 'The last day; of an event the day on which the list entry ends, where it says one.';
grant insert, select on table public.measure to credit_app;
grant select on table public.measure to credit_look;
grant select (subject_id, case_id, number, measure, body, initiator, from_day, term, until_day, until_event, review_on) on table public.measure to credit_door;

create table public.measure_answer (
  subject_id bigint not null,
  case_id bigint not null,
  answer_id bigint not null,
  round integer not null,
  unit text not null,
  actor text not null,
  purpose text not null,
  business_no text not null,
  answer text not null,
  sealed bytea,
  at timestamp with time zone not null,
  on_day date not null,
  act_id bigint not null,
  constraint measure_answer_key PRIMARY KEY (subject_id, case_id, answer_id),
  constraint measure_answer_once UNIQUE (subject_id, case_id, unit, business_no, round),
  constraint measure_answer_kind CHECK ((answer = ANY (ARRAY['apply'::text, 'hold'::text, 'release'::text]))),
  constraint measure_answer_reason CHECK (((answer = 'apply'::text) OR (sealed IS NOT NULL)))
);
comment on table public.measure_answer is 'What a named officer did with a measure in the matter before him: applied it, held it, or released the matter from it. The reason is sealed (aad measure_answer:<answer_id>).';
grant insert, select on table public.measure_answer to credit_app;
grant select on table public.measure_answer to credit_look;
grant select (subject_id, case_id, answer_id, unit, answer, at, on_day) on table public.measure_answer to credit_door;

create table public.measure_end (
  subject_id bigint not null,
  case_id bigint not null,
  at timestamp with time zone not null,
  on_day date not null,
  because text not null,
  act_id bigint not null,
  constraint measure_end_key PRIMARY KEY (subject_id, case_id),
  constraint measure_end_because CHECK ((because = ANY (ARRAY['term-over'::text, 'lift'::text, 'annul'::text, 'ground-gone'::text])))
);
comment on table public.measure_end is 'That a measure has ended, and why; written in the transaction that takes away what it rests on, too.';
grant insert, select on table public.measure_end to credit_app;
grant select on table public.measure_end to credit_look;
grant select (subject_id, case_id, at, on_day, because) on table public.measure_end to credit_door;

create table public.migration (
  number integer not null,
  file text not null,
  digest text not null,
  breaking boolean not null,
  at timestamp with time zone not null,
  constraint migration_key PRIMARY KEY (number)
);

create table public.name_lookup (
  name_key text not null,
  subject_id bigint not null,
  constraint name_lookup_key PRIMARY KEY (name_key, subject_id)
);
comment on table public.name_lookup is 'Exact normalised full names → subjects; distributed by name_key.';
grant delete, insert, select, update on table public.name_lookup to credit_app;

create table public.notice (
  subject_id bigint not null,
  notice_id bigint not null,
  case_id bigint,
  unit text not null,
  to_unit text,
  year integer not null,
  no integer not null,
  number text not null,
  notice text not null,
  edition date not null,
  made_at timestamp with time zone not null,
  made_on date not null,
  sealed bytea not null,
  digest bytea not null,
  served_on date,
  act_id bigint not null,
  constraint notice_key PRIMARY KEY (subject_id, notice_id),
  constraint notice_digest CHECK ((octet_length(digest) = 32)),
  constraint notice_served CHECK (((served_on IS NULL) OR (served_on >= made_on)))
);
CREATE INDEX notice_of_case ON public.notice USING btree (subject_id, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX notice_of_unit ON public.notice USING btree (unit, notice_id DESC);
CREATE INDEX notice_register ON public.notice USING btree (unit, year, no);
CREATE INDEX notice_to_unit ON public.notice USING btree (to_unit, notice_id DESC) WHERE (to_unit IS NOT NULL);
CREATE INDEX notice_unserved ON public.notice USING btree (notice_id) WHERE (served_on IS NULL);
comment on table public.notice is 'A letter: by which template and edition, under which number, what was filled in (sealed), and the day from which it counts as served. Kept as long as its case.';
comment on column public.notice.to_unit is 'The unit that it goes to; null: the subject itself.';
comment on column public.notice.digest is 'SHA-256 of salt and content, as it stands in the act that wrote it; the salt is sealed with the content.';
grant insert, select on table public.notice to credit_app;
grant select on table public.notice to credit_look;
grant update (served_on) on table public.notice to credit_app;
grant select (subject_id, notice_id, case_id, unit, to_unit, year, no, number, notice, edition, made_at, made_on, served_on, act_id) on table public.notice to credit_door;

create table public.notice_file (
  subject_id bigint not null,
  notice_id bigint not null,
  pdf_hash text not null,
  pages integer not null,
  made_at timestamp with time zone not null,
  constraint notice_file_key PRIMARY KEY (subject_id, notice_id)
);
comment on table public.notice_file is 'The letter set in type: a sealed file by its hash. The same letter gives the same bytes.';
grant insert, select on table public.notice_file to credit_app;
grant select on table public.notice_file to credit_door;

create table public.notice_series (
  unit text not null,
  year integer not null,
  last integer not null,
  constraint notice_series_key PRIMARY KEY (unit, year),
  constraint notice_series_last CHECK ((last > 0))
);
comment on table public.notice_series is 'The last number of a unit''s letters in a year. Its row is locked until the change that took a number is committed: a number that was rolled back is given again, so that there is no gap.';
grant insert, select, update on table public.notice_series to credit_app;
grant select on table public.notice_series to credit_door;

create table public.notice_service (
  subject_id bigint not null,
  notice_id bigint not null,
  service_id bigint not null,
  serial text not null,
  channel text not null,
  outcome text not null,
  at timestamp with time zone not null,
  on_day date not null,
  actor text not null,
  reason text,
  sealed bytea,
  act_id bigint not null,
  constraint notice_service_key PRIMARY KEY (subject_id, notice_id, service_id),
  constraint notice_service_once UNIQUE (subject_id, notice_id, serial, outcome),
  constraint notice_service_channel CHECK ((channel = ANY (ARRAY['account'::text, 'console'::text, 'hand'::text, 'post'::text, 'publication'::text, 'sms'::text, 'email'::text]))),
  constraint notice_service_outcome CHECK ((outcome = ANY (ARRAY['placed'::text, 'queued'::text, 'printed'::text, 'sent'::text, 'opened'::text, 'delivered'::text, 'refused'::text, 'returned'::text, 'published'::text, 'deemed'::text, 'impossible'::text])))
);
comment on table public.notice_service is 'Attempts to serve a letter and their proofs, appended. Where it went (address, tracking number) is sealed.';
grant insert, select on table public.notice_service to credit_app;
grant select on table public.notice_service to credit_look;
grant select (subject_id, notice_id, service_id, serial, channel, outcome, at, on_day, actor, reason, act_id) on table public.notice_service to credit_door;

create table public.organisation (
  organisation_id text not null,
  version integer not null,
  name text not null,
  uscc text not null,
  kind text not null,
  parent text,
  state text not null,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  constraint organisation_key PRIMARY KEY (organisation_id, version),
  constraint organisation_decision CHECK (((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])) AND (num_nulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3])))),
  constraint organisation_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  constraint organisation_two_persons CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by) OR (proposed_by = 'system'::text)))
);
comment on table public.organisation is 'Banks, institutions and platforms registered in the console, version by version: proposed by one administrator, decided by another. The latest confirmed version counts.';
comment on column public.organisation.parent is 'A unit of units.yaml or an organisation; null at the top of its kind.';
comment on column public.organisation.state is 'open, or closed for good.';
grant insert, select on table public.organisation to credit_app;
grant select on table public.organisation to credit_door;
grant update (decision, decided_by, decided_at) on table public.organisation to credit_app;

create table public.passkey (
  account_id bigint not null,
  passkey_id bigint not null,
  credential_id text not null,
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null,
  name text not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint passkey_key PRIMARY KEY (account_id, passkey_id)
);
CREATE UNIQUE INDEX passkey_credential ON public.passkey USING btree (credential_id);
comment on table public.passkey is 'Public keys of passkeys (WebAuthn), with the counter that tells a copied one.';
grant delete, insert, select, update on table public.passkey to credit_app;
grant select on table public.passkey to credit_door;

create table public.passkey_challenge (
  challenge_hash bytea not null,
  account_id bigint,
  purpose text not null,
  ends_at timestamp with time zone not null,
  constraint passkey_challenge_key PRIMARY KEY (challenge_hash),
  constraint passkey_challenge_purpose CHECK ((purpose = ANY (ARRAY['enrol'::text, 'sign-in'::text, 'renew'::text])))
);
comment on table public.passkey_challenge is 'What a passkey is asked to sign, as a digest; taken out when it is answered, gone after five minutes.';
grant delete, insert, select, update on table public.passkey_challenge to credit_app;
grant delete, insert, select, update on table public.passkey_challenge to credit_door;

create table public.password_reset (
  account_id bigint not null,
  reset_id bigint not null,
  reason text not null,
  takes_factor boolean not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  confirmed_by text,
  confirmed_at timestamp with time zone,
  code_mac bytea,
  ends_at timestamp with time zone not null,
  used_at timestamp with time zone,
  closed_at timestamp with time zone,
  mac_key text,
  unit text,
  person_kind text,
  person_value text,
  constraint password_reset_key PRIMARY KEY (account_id, reset_id),
  constraint password_reset_two_persons CHECK (((confirmed_by IS NULL) OR (confirmed_by <> asked_by))),
  constraint password_reset_window CHECK ((num_nonnulls(unit, person_kind, person_value) = ANY (ARRAY[0, 3])))
);
CREATE INDEX password_reset_of_unit ON public.password_reset USING btree (unit, asked_at) WHERE (unit IS NOT NULL);
comment on table public.password_reset is 'A new password for somebody else: asked by one administrator, confirmed by another, its code kept as a keyed digest.';
comment on column public.password_reset.mac_key is 'The id of the key that made code_mac; null: made before it was written down, or not confirmed.';
comment on column public.password_reset.unit is 'The unit whose window it was asked at; null: asked by an administrator.';
comment on column public.password_reset.person_kind is 'The kind of the document that the first officer had before him.';
comment on column public.password_reset.person_value is 'Its number as a blind index: the second officer types the number anew.';
grant insert, select, update on table public.password_reset to credit_app;
grant select on table public.password_reset to credit_door;

create table public.person_secret (
  subject_id bigint not null,
  kind text not null,
  sealed bytea not null,
  constraint person_secret_key PRIMARY KEY (subject_id, kind)
);
comment on table public.person_secret is 'ID numbers of persons, sealed. Opened for their holder alone: in part on the page, whole in the copy he takes.';
grant insert, select on table public.person_secret to credit_app;
grant select on table public.person_secret to credit_look;

create table public.portal_count (
  minute timestamp with time zone not null,
  digest bytea not null,
  pages bigint not null,
  misses bigint not null,
  constraint portal_count_key PRIMARY KEY (minute, digest)
);
comment on table public.portal_count is 'Pages and answers that found nothing, of an address in a minute, added up over all processes of the portal. The address stands as a salted digest.';

create table public.portal_salt (
  minute timestamp with time zone not null,
  salt bytea not null,
  made_at timestamp with time zone default clock_timestamp() not null,
  networks integer default 0 not null,
  constraint portal_salt_key PRIMARY KEY (minute)
);
comment on table public.portal_salt is 'What the digests of a minute are made with; deleted when the minute is over: with a later one, or by the worker.';
comment on column public.portal_salt.made_at is 'When the minute was first named, by the database''s clock: two minutes later it goes.';
comment on column public.portal_salt.networks is 'How many addresses are counted in the minute.';

create table public.program (
  program_id bigint not null,
  name text not null,
  unit text not null,
  purpose text not null,
  scopes text[] not null,
  quota text not null,
  networks text[] not null,
  ends_on date not null,
  proposed_at timestamp with time zone not null,
  proposed_by text not null,
  confirmed_at timestamp with time zone,
  confirmed_by text,
  closed_at timestamp with time zone,
  closed_by text,
  constraint program_key PRIMARY KEY (program_id),
  constraint program_two_persons CHECK ((confirmed_by <> proposed_by))
);
CREATE INDEX program_of_unit ON public.program USING btree (unit);
comment on table public.program is 'A unit''s system that uses the API: its purpose, scopes, quota, networks and last day; proposed by one person, confirmed by another.';
grant insert, select, update on table public.program to credit_app;
grant select on table public.program to credit_door;

create table public.program_token (
  token_hash bytea not null,
  program_id bigint not null,
  key_id text not null,
  scopes text[] not null,
  made_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint program_token_key PRIMARY KEY (token_hash)
);
CREATE INDEX program_token_end ON public.program_token USING btree (ends_at);
comment on table public.program_token is 'Access tokens by digest (RFC 6749); they end by themselves, with their program, or with a key that was revoked.';
grant delete, insert, select on table public.program_token to credit_app;
grant select on table public.program_token to credit_door;

create table public.quota_count (
  who text not null,
  span text not null,
  starts_at timestamp with time zone not null,
  count bigint not null,
  constraint quota_count_key PRIMARY KEY (who, span, starts_at),
  constraint quota_count_span CHECK ((span = ANY (ARRAY['minute'::text, 'day'::text])))
);
CREATE INDEX quota_count_start ON public.quota_count USING btree (span, starts_at);
comment on table public.quota_count is 'Requests of a caller in a minute and a day, added up over all processes. An address stands as a keyed digest.';
grant delete, insert, select, update on table public.quota_count to credit_app;
grant insert, select, update on table public.quota_count to credit_door;

create table public.receiver_notice (
  subject_id bigint not null,
  notice_id bigint not null,
  authorisation_id bigint,
  receiver text not null,
  kind text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  correction_id bigint,
  program text,
  outlets text[] default '{}'::text[] not null,
  business_nos text[] default '{}'::text[] not null,
  receipts text[] default '{}'::text[] not null,
  entries integer default 0 not null,
  due_on date,
  confirmed_at timestamp with time zone,
  seq bigint,
  constraint receiver_notice_key PRIMARY KEY (subject_id, notice_id),
  constraint receiver_notice_about CHECK ((((kind = 'delete-copies'::text) = (authorisation_id IS NOT NULL)) AND ((kind = 'delete-copies'::text) = (correction_id IS NULL)))),
  constraint receiver_notice_kind CHECK ((kind = ANY (ARRAY['delete-copies'::text, 'correct-copies'::text, 'corrected'::text])))
);
CREATE INDEX receiver_notice_feed ON public.receiver_notice USING btree (receiver, seq) WHERE (seq IS NOT NULL);
CREATE INDEX receiver_notice_last ON public.receiver_notice USING btree (seq) WHERE (seq IS NOT NULL);
CREATE UNIQUE INDEX receiver_notice_once ON public.receiver_notice USING btree (subject_id, correction_id, receiver, COALESCE(program, ''::text)) WHERE (correction_id IS NOT NULL);
CREATE INDEX receiver_notice_open ON public.receiver_notice USING btree (at, notice_id) WHERE ((confirmed_at IS NULL) AND (kind <> 'corrected'::text));
CREATE INDEX receiver_notice_own ON public.receiver_notice USING btree (receiver, at, notice_id) WHERE (kind <> 'corrected'::text);
CREATE INDEX receiver_notice_receiver ON public.receiver_notice USING btree (receiver, notice_id DESC);
CREATE INDEX receiver_notice_unnumbered ON public.receiver_notice USING btree (notice_id) WHERE (seq IS NULL);
comment on table public.receiver_notice is 'What a receiver of copies is asked or told (principle 10): delete what it got under an authorisation that is over (delete-copies), delete or correct what it was handed and may still use (correct-copies), or, its time of use being over, that it was corrected (corrected).';
comment on column public.receiver_notice.program is 'The program that fetched it; null: people of the unit.';
comment on column public.receiver_notice.business_nos is 'Under which numbers it was obtained, the latest of them; receipts likewise. `entries`: how often.';
comment on column public.receiver_notice.due_on is 'By when it is to be confirmed; null: nothing is asked, or the calendar of the year is not published.';
comment on column public.receiver_notice.seq is 'Commit-ordered number, given after the commit: the feed goes on behind it.';
grant insert, select on table public.receiver_notice to credit_app;
grant select on table public.receiver_notice to credit_door;
grant select on table public.receiver_notice to credit_look;
grant update (confirmed_at, seq) on table public.receiver_notice to credit_app;

create table public.receiver_notice_end (
  subject_id bigint not null,
  notice_id bigint not null,
  at timestamp with time zone not null,
  actor text not null,
  act_id bigint not null,
  how text,
  constraint receiver_notice_end_key PRIMARY KEY (subject_id, notice_id),
  constraint receiver_notice_end_how CHECK ((how = ANY (ARRAY['deleted'::text, 'corrected'::text, 'never-used'::text])))
);
comment on table public.receiver_notice_end is 'The receiver confirmed that it is done.';
comment on column public.receiver_notice_end.how is 'What became of the copy; null: confirmed before it was asked.';
grant insert, select on table public.receiver_notice_end to credit_app;
grant select on table public.receiver_notice_end to credit_door;

create table public.record_key (
  number_hash uuid not null,
  slot smallint not null,
  subject_id bigint not null,
  fact_id bigint not null,
  head_id bigint not null,
  decided_on date not null,
  content_mac uuid not null,
  annulled boolean not null,
  constraint record_key_key PRIMARY KEY (number_hash, slot)
);
comment on table public.record_key is 'Item + deciding authority + document number, keyed digest → the record and its last version. Slots above 0 are other counterparts that a person let in.';
grant insert, select, update on table public.record_key to credit_app;

create table public.record_standing (
  subject_id bigint not null,
  standing_id bigint not null,
  record_id bigint not null,
  kind text not null,
  case_id bigint not null,
  round smallint not null,
  from_at timestamp with time zone not null,
  from_day date not null,
  basis text not null,
  act_id bigint not null,
  constraint record_standing_key PRIMARY KEY (subject_id, standing_id),
  constraint record_standing_once UNIQUE (subject_id, record_id, kind, case_id, round),
  constraint record_standing_kind CHECK ((kind = ANY (ARRAY['contested'::text, 'suspended'::text, 'repaired'::text, 'annulled'::text, 'removed'::text]))),
  constraint record_standing_round CHECK ((round >= 0))
);
comment on table public.record_standing is 'What a case has made of a record, until it is ended. Its number is that of the fact that readers see; what takes away stops at every outlet in its transaction.';
comment on column public.record_standing.round is 'How often the same case had made the same of the record, and ended it: while one is open, a second would have its number.';
comment on column public.record_standing.basis is 'The article, `instrument#article`.';
grant insert, select on table public.record_standing to credit_app;

create table public.record_standing_end (
  subject_id bigint not null,
  standing_id bigint not null,
  end_id bigint not null,
  at timestamp with time zone not null,
  on_day date not null,
  because text not null,
  act_id bigint not null,
  constraint record_standing_end_key PRIMARY KEY (subject_id, standing_id)
);
comment on table public.record_standing_end is 'A standing is over: an objection closed, a repair taken back, a stay lifted. Its key lets nobody end one twice.';
comment on column public.record_standing_end.end_id is 'The fact that tells of it.';
comment on column public.record_standing_end.because is 'A code with its sentence, never the words of a person.';
grant insert, select on table public.record_standing_end to credit_app;

create table public.recovery_code (
  account_id bigint not null,
  code_no smallint not null,
  code_mac bytea not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  mac_key text,
  constraint recovery_code_key PRIMARY KEY (account_id, code_no)
);
comment on table public.recovery_code is 'Codes for whoever has lost the second factor, as keyed digests; each opens once.';
comment on column public.recovery_code.mac_key is 'The id of the key that made code_mac; null: made before it was written down.';
grant delete, insert, select, update on table public.recovery_code to credit_app;
grant select on table public.recovery_code to credit_door;

create table public.refusal (
  delivery_id bigint not null,
  row_no integer not null,
  fault_no integer not null,
  column_no integer,
  column_name text,
  code text not null,
  basis text,
  facts jsonb not null,
  constraint refusal_key PRIMARY KEY (delivery_id, row_no, fault_no)
);
comment on table public.refusal is 'Why a row was not filed: row, column, code, rule, facts for the sentence. No personal value.';
grant insert, select on table public.refusal to credit_app;
grant select on table public.refusal to credit_door;

create table public.refused_read (
  subject_id bigint not null,
  authorisation_id bigint not null,
  at timestamp with time zone not null,
  attempt_id bigint not null,
  actor text not null,
  reason text not null,
  act_id bigint not null,
  constraint refused_read_key PRIMARY KEY (subject_id, authorisation_id, at, attempt_id)
);
comment on table public.refused_read is 'Reads by the receiver that were refused, and why; the subject sees them.';
grant insert, select on table public.refused_read to credit_app;
grant select on table public.refused_read to credit_door;

create table public.report (
  subject_id bigint not null,
  report_id bigint not null,
  code text not null,
  number text not null,
  kind text not null,
  layout text not null,
  issued_at timestamp with time zone not null,
  issued_to text not null,
  window_from date,
  window_to date,
  valid_until date,
  pages integer not null,
  digest bytea not null,
  pdf_hash text not null,
  model_hash text not null,
  fact_ids bigint[] not null,
  log_size bigint not null,
  constraint report_key PRIMARY KEY (subject_id, report_id),
  constraint report_kind CHECK ((kind = ANY (ARRAY['public'::text, 'special'::text])))
);
CREATE INDEX report_issued_to ON public.report USING btree (issued_to, report_id DESC);
comment on table public.report is 'Issued reports, as issued.';
grant insert, select on table public.report to credit_app;
grant select on table public.report to credit_look;

create table public.report_end (
  subject_id bigint not null,
  report_id bigint not null,
  state text not null,
  at timestamp with time zone not null,
  reason text not null,
  act_id bigint not null,
  constraint report_end_key PRIMARY KEY (subject_id, report_id),
  constraint report_end_state CHECK ((state = ANY (ARRAY['superseded'::text, 'withdrawn'::text])))
);
comment on table public.report_end is 'A report that may no longer be served, and why.';
grant insert, select on table public.report_end to credit_app;
grant select on table public.report_end to credit_look;

create table public.report_lookup (
  code text not null,
  subject_id bigint not null,
  report_id bigint not null,
  constraint report_lookup_key PRIMARY KEY (code)
);
grant insert, select on table public.report_lookup to credit_app;
grant select on table public.report_lookup to credit_door;
grant select on table public.report_lookup to credit_look;

create table public.retention_certificate (
  certificate_id bigint not null,
  rule text not null,
  action text not null,
  counted bigint not null,
  made_at timestamp with time zone not null,
  made_on date not null,
  body text not null,
  signatures text not null,
  batch_id bigint not null,
  leaf_no integer not null,
  constraint retention_certificate_key PRIMARY KEY (certificate_id),
  constraint retention_certificate_action CHECK ((action = ANY (ARRAY['delete'::text, 'freeze'::text]))),
  constraint retention_certificate_counted CHECK ((counted > 0))
);
comment on table public.retention_certificate is 'What went on its day: rule, how many, which days, signed with the log''s key. The body is a leaf of the log.';
grant insert, select on table public.retention_certificate to credit_app;
grant select on table public.retention_certificate to credit_door;

create table public.retention_receipt (
  subject_id bigint not null,
  kind text not null,
  ref bigint not null,
  part integer not null,
  action text not null,
  due_on date not null,
  at timestamp with time zone not null,
  certificate_id bigint not null,
  batch_id bigint not null,
  leaf_no integer not null,
  constraint retention_receipt_key PRIMARY KEY (subject_id, kind, ref, part),
  constraint retention_receipt_action CHECK ((action = ANY (ARRAY['delete'::text, 'freeze'::text]))),
  constraint retention_receipt_due CHECK ((due_on <= ((at AT TIME ZONE 'Asia/Shanghai'::text))::date)),
  constraint retention_receipt_frozen CHECK (((action = 'delete'::text) OR (kind = 'fact'::text))),
  constraint retention_receipt_kind CHECK ((kind = ANY (ARRAY['fact'::text, 'frozen-fact'::text, 'kept-rows'::text, 'waiting-row'::text, 'look-batch'::text, 'rights-text'::text, 'report-file'::text])))
);
CREATE INDEX retention_receipt_certificate ON public.retention_receipt USING btree (certificate_id);
CREATE INDEX retention_receipt_looks ON public.retention_receipt USING btree (ref) WHERE (kind = 'look-batch'::text);
comment on table public.retention_receipt is 'That a content went, under which certificate; stays for ever. subject_id 0 where it is about no one subject.';
grant insert, select on table public.retention_receipt to credit_app;

create table public.rights_entry (
  subject_id bigint not null,
  request_id bigint not null,
  entry_no integer not null,
  step text not null,
  actor text not null,
  unit text,
  at timestamp with time zone not null,
  days integer,
  ground text,
  record_ids bigint[] default '{}'::bigint[] not null,
  act_id bigint not null,
  constraint rights_entry_key PRIMARY KEY (subject_id, request_id, entry_no),
  constraint rights_entry_ground CHECK (((step <> 'proposed'::text) OR (ground IS NOT NULL))),
  constraint rights_entry_step CHECK ((step = ANY (ARRAY['lodged'::text, 'extended'::text, 'routed'::text, 'proposed'::text, 'returned'::text, 'granted'::text, 'refused'::text, 'withdrawn'::text])))
);
comment on table public.rights_entry is 'The steps of a request, appended. What was written stands apart, sealed, in rights_text.';
grant insert, select on table public.rights_entry to credit_app;
grant select on table public.rights_entry to credit_door;

create table public.rights_request (
  subject_id bigint not null,
  request_id bigint not null,
  number text not null,
  kind text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  asked_on date not null,
  working_days integer not null,
  fact_id bigint,
  look_receipt text,
  unit text,
  closed_at timestamp with time zone,
  act_id bigint not null,
  constraint rights_request_key PRIMARY KEY (subject_id, request_id),
  constraint rights_request_kind CHECK ((kind = ANY (ARRAY['access'::text, 'copy'::text, 'portability'::text, 'correction'::text, 'deletion'::text, 'restriction'::text, 'explanation'::text, 'look-complaint'::text])))
);
CREATE INDEX rights_request_listed ON public.rights_request USING btree (request_id DESC);
CREATE INDEX rights_request_open ON public.rights_request USING btree (asked_on, request_id) WHERE (closed_at IS NULL);
comment on table public.rights_request is 'What a subject asks for about itself, and the days within which it is answered. The due day is computed: working days of a year may not be known yet.';
grant insert, select on table public.rights_request to credit_app;
grant select on table public.rights_request to credit_door;
grant update (closed_at) on table public.rights_request to credit_app;

create table public.rights_text (
  subject_id bigint not null,
  request_id bigint not null,
  entry_no integer not null,
  sealed bytea not null,
  constraint rights_text_key PRIMARY KEY (subject_id, request_id, entry_no)
);
comment on table public.rights_text is 'What the subject wrote and what it was answered, sealed. Goes with its retention; the steps stay.';
grant insert, select on table public.rights_text to credit_app;
grant select on table public.rights_text to credit_look;

create table public.role_grant (
  account_id bigint not null,
  grant_no integer not null,
  role text not null,
  valid_from date not null,
  valid_until date,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  constraint role_grant_key PRIMARY KEY (account_id, grant_no),
  constraint role_grant_days CHECK ((valid_until >= valid_from)),
  constraint role_grant_decision CHECK (((decision = ANY (ARRAY['confirmed'::text, 'refused'::text])) AND (num_nulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3])))),
  constraint role_grant_end CHECK ((num_nulls(ended_at, ended_by, end_reason) = ANY (ARRAY[0, 3]))),
  constraint role_grant_not_own CHECK (((('account:'::text || account_id) <> proposed_by) AND (('account:'::text || account_id) <> COALESCE(decided_by, ''::text)))),
  constraint role_grant_two_persons CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by) OR (proposed_by = 'system'::text)))
);
CREATE INDEX role_grant_open ON public.role_grant USING btree (proposed_at) WHERE (decision IS NULL);
comment on table public.role_grant is 'Roles of accounts, from the first to the last day (both included): proposed by one person, decided by another. In force is computed from the days, the decision and the end, never a flag.';
grant insert, select on table public.role_grant to credit_app;
grant select on table public.role_grant to credit_door;
grant update (decision, decided_by, decided_at, ended_at, ended_by, end_reason) on table public.role_grant to credit_app;

create table public.separate_consent (
  subject_id bigint not null,
  authorisation_id bigint not null,
  class text not null,
  given_at timestamp with time zone not null,
  text_digest bytea not null,
  constraint separate_consent_key PRIMARY KEY (subject_id, authorisation_id, class)
);
comment on table public.separate_consent is 'A consent given apart to one sensitive class (PIPL 29), by the sentence that stood beside its box.';
grant insert, select on table public.separate_consent to credit_app;
grant select on table public.separate_consent to credit_door;

create table public.service_address (
  subject_id bigint not null,
  address_id bigint not null,
  at timestamp with time zone not null,
  sealed bytea not null,
  act_id bigint not null,
  constraint service_address_key PRIMARY KEY (subject_id, address_id)
);
comment on table public.service_address is 'Where a subject wants to be reached (telephone, e-mail, postal address), sealed; the latest counts.';
grant insert, select on table public.service_address to credit_app;
grant select on table public.service_address to credit_look;

create table public.session (
  token_hash bytea not null,
  account_id bigint not null,
  csrf text not null,
  made_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  session_id bigint not null,
  stage text not null,
  assurance text not null,
  fresh_at timestamp with time zone,
  device text not null,
  network text not null,
  mandate_id bigint,
  constraint session_key PRIMARY KEY (token_hash)
);
CREATE UNIQUE INDEX session_number ON public.session USING btree (session_id);
CREATE INDEX session_of_account ON public.session USING btree (account_id);
comment on table public.session is 'Signed-in sessions, by digest of the token.';
comment on column public.session.session_id is 'Its number in its owner''s list: no secret, and opens nothing.';
comment on column public.session.stage is 'factor: nothing but giving or enrolling the second factor; whole: signed in.';
comment on column public.session.assurance is 'How its owner was made sure of: password, two-factor, federated.';
comment on column public.session.fresh_at is 'When its owner last gave everything that signing in asks for; null before that.';
comment on column public.session.device is 'Family of browser and system, coarse.';
comment on column public.session.network is 'Address, masked.';
comment on column public.session.mandate_id is 'The mandate by which the session acts; null: the only one in force, or none chosen yet.';
grant delete, insert, select, update on table public.session to credit_app;
grant select on table public.session to credit_door;
grant update (seen_at) on table public.session to credit_door;

create table public.setting (
  name text not null,
  value jsonb not null,
  constraint setting_key PRIMARY KEY (name)
);
comment on table public.setting is 'Facts of this installation: the example city''s last day, progress of its loading.';
grant insert, select, update on table public.setting to credit_app;
grant select on table public.setting to credit_door;

create table public.sign_in_attempt (
  login_mac bytea not null,
  at timestamp with time zone not null,
  ok boolean not null,
  constraint sign_in_attempt_key PRIMARY KEY (login_mac, at)
);
comment on table public.sign_in_attempt is 'Tries by keyed digest of the login, for the brake.';
grant delete, insert, select, update on table public.sign_in_attempt to credit_app;
grant delete, insert, select, update on table public.sign_in_attempt to credit_door;

create table public.sign_in_tally (
  hour timestamp with time zone not null,
  step text not null,
  outcome text not null,
  count integer not null,
  constraint sign_in_tally_key PRIMARY KEY (hour, step, outcome)
);
comment on table public.sign_in_tally is 'Tries at the door by hour, step and outcome: how many, never whose.';
grant insert, select, update on table public.sign_in_tally to credit_app;
grant insert, select, update on table public.sign_in_tally to credit_door;

create table public.signing_key (
  key_id text not null,
  program_id bigint not null,
  algorithm text not null,
  material bytea not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  made_at timestamp with time zone not null,
  made_by text not null,
  confirmed_at timestamp with time zone,
  confirmed_by text,
  revoked_at timestamp with time zone,
  constraint signing_key_key PRIMARY KEY (key_id),
  constraint signing_key_algorithm CHECK ((algorithm = ANY (ARRAY['ed25519'::text, 'hmac-sm3'::text]))),
  constraint signing_key_two_persons CHECK (((confirmed_by <> made_by) OR (made_by = ('program:'::text || program_id))))
);
CREATE INDEX signing_key_of_program ON public.signing_key USING btree (program_id, made_at);
comment on table public.signing_key is 'Keys by which a program signs: the public key (SPKI), or the shared secret, sealed. Several may stand at a time: that is how one is exchanged.';
grant insert, select, update on table public.signing_key to credit_app;
grant select on table public.signing_key to credit_door;

create table public.spent_nonce (
  digest bytea not null,
  ends_at timestamp with time zone not null,
  constraint spent_nonce_key PRIMARY KEY (digest)
);
CREATE INDEX spent_nonce_end ON public.spent_nonce USING btree (ends_at);
comment on table public.spent_nonce is 'What was signed once is taken once: digest of key and nonce, kept until the signature is too old to be taken at all.';
grant delete, insert, select on table public.spent_nonce to credit_app;
grant insert, select on table public.spent_nonce to credit_door;

create table public.subject (
  subject_id bigint not null,
  kind text not null,
  origin text not null,
  opened_at timestamp with time zone not null,
  act_id bigint not null,
  constraint subject_key PRIMARY KEY (subject_id),
  constraint subject_kind CHECK ((kind = ANY (ARRAY['enterprise'::text, 'branch'::text, 'sole-trader'::text, 'co-operative'::text, 'public-institution'::text, 'social-organisation'::text, 'government-body'::text, 'natural-person'::text]))),
  constraint subject_origin CHECK ((origin = ANY (ARRAY['registered'::text, 'reported'::text, 'window'::text, 'signed-in'::text])))
);
comment on table public.subject is 'Whose records these are. Never changed; merging and splitting are rows of subject_link.';
grant insert, select on table public.subject to credit_app;
grant select on table public.subject to credit_door;
grant select on table public.subject to credit_look;

create table public.subject_card (
  subject_id bigint not null,
  kind text not null,
  name text not null,
  name_key text not null,
  uscc text,
  registered boolean not null,
  status text,
  district text,
  address text,
  enterprise_type text,
  legal_representative text,
  founded_on date,
  ended_on date,
  fact_id bigint,
  updated_at timestamp with time zone not null,
  constraint subject_card_key PRIMARY KEY (subject_id)
);
comment on table public.subject_card is 'Projection: the subject as it is now. Rebuilt from facts.';
grant insert, select, update on table public.subject_card to credit_app;
grant select on table public.subject_card to credit_look;

create table public.subject_comment (
  subject_id bigint not null,
  comment_id bigint not null,
  record_id bigint not null,
  round smallint not null,
  at timestamp with time zone not null,
  on_day date not null,
  actor text not null,
  act_id bigint not null,
  constraint subject_comment_key PRIMARY KEY (subject_id, comment_id),
  constraint subject_comment_once UNIQUE (subject_id, record_id, round),
  constraint subject_comment_round CHECK ((round >= 0))
);
comment on table public.subject_comment is 'That a subject has a statement of its own beside a record (主体说明). What it says is the content of the fact of the same number.';
grant insert, select on table public.subject_comment to credit_app;

create table public.subject_comment_end (
  subject_id bigint not null,
  comment_id bigint not null,
  end_id bigint not null,
  at timestamp with time zone not null,
  on_day date not null,
  actor text not null,
  act_id bigint not null,
  constraint subject_comment_end_key PRIMARY KEY (subject_id, comment_id)
);
comment on table public.subject_comment_end is 'The subject took its statement back, or wrote another one in its place.';
comment on column public.subject_comment_end.end_id is 'The fact that tells of it.';
grant insert, select on table public.subject_comment_end to credit_app;

create table public.subject_link (
  subject_id bigint not null,
  link_id bigint not null,
  kind text not null,
  to_subject bigint not null,
  valid_from date not null,
  known_from timestamp with time zone not null,
  act_id bigint not null,
  undoes bigint,
  constraint subject_link_key PRIMARY KEY (subject_id, link_id),
  constraint subject_link_kind CHECK ((kind = ANY (ARRAY['merged-into'::text, 'split-from'::text, 'undone'::text])))
);
CREATE INDEX subject_link_to ON public.subject_link USING btree (to_subject);
comment on table public.subject_link is 'Merging and splitting as appended links; no fact ever changes its subject_id.';
grant insert, select on table public.subject_link to credit_app;
grant select on table public.subject_link to credit_door;
grant select on table public.subject_link to credit_look;

create table public.subject_name (
  subject_id bigint not null,
  name_key text not null,
  known_from timestamp with time zone not null,
  name text not null,
  valid_from date,
  valid_until date,
  fact_id bigint,
  constraint subject_name_key PRIMARY KEY (subject_id, name_key, known_from)
);
comment on table public.subject_name is 'Names bounded in time, former ones with their end.';
grant insert, select on table public.subject_name to credit_app;
grant select on table public.subject_name to credit_look;

create table public.timeliness (
  authority text not null,
  item text not null,
  month date not null,
  reported bigint not null,
  on_time bigint not null,
  late bigint not null,
  unknown bigint not null,
  constraint timeliness_key PRIMARY KEY (authority, item, month)
);
comment on table public.timeliness is 'Projection: decisions of a month by when they reached the platform (M067, M068).';
grant insert, select, update on table public.timeliness to credit_app;
grant select on table public.timeliness to credit_door;

create table public.totp_factor (
  account_id bigint not null,
  factor_id bigint not null,
  secret bytea not null,
  made_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null,
  constraint totp_factor_key PRIMARY KEY (account_id, factor_id)
);
comment on table public.totp_factor is 'Secrets of one-time codes (RFC 6238), sealed; one counts once its first code was given. A step''s code counts once.';
grant delete, insert, select, update on table public.totp_factor to credit_app;
grant select on table public.totp_factor to credit_door;

create table public.waiting_decision (
  waiting_id bigint not null,
  decision_no integer not null,
  decision text not null,
  subject_id bigint,
  fact_id bigint,
  reason text,
  actor text not null,
  at timestamp with time zone not null,
  act_id bigint not null,
  constraint waiting_decision_key PRIMARY KEY (waiting_id, decision_no),
  constraint waiting_decision_word CHECK ((decision = ANY (ARRAY['same'::text, 'new'::text, 'returned'::text, 'undone'::text, 'gravity'::text, 'overtaken'::text])))
);
comment on table public.waiting_decision is 'What a person decided, appended; an undo is a decision too.';
comment on column public.waiting_decision.decision is 'overtaken: by the platform itself, the record has changed or no longer needs a class.';
grant insert, select on table public.waiting_decision to credit_app;
grant select on table public.waiting_decision to credit_look;

create table public.waiting_row (
  waiting_id bigint not null,
  delivery_id bigint,
  row_no integer,
  unit text not null,
  item text not null,
  reason text not null,
  evidence jsonb not null,
  number_hash uuid,
  content_mac uuid,
  subject_id bigint,
  fact_id bigint,
  sealed bytea not null,
  opened_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  head_id bigint,
  constraint waiting_row_key PRIMARY KEY (waiting_id)
);
CREATE UNIQUE INDEX waiting_row_gravity ON public.waiting_row USING btree (fact_id, head_id) WHERE (reason = 'penalty.gravity-open'::text);
CREATE INDEX waiting_row_gravity_of ON public.waiting_row USING btree (subject_id) WHERE ((reason = 'penalty.gravity-open'::text) AND (decided_at IS NULL));
CREATE INDEX waiting_row_number ON public.waiting_row USING btree (number_hash);
CREATE UNIQUE INDEX waiting_row_of ON public.waiting_row USING btree (delivery_id, row_no, reason);
CREATE INDEX waiting_row_open ON public.waiting_row USING btree (waiting_id) WHERE (decided_at IS NULL);
comment on table public.waiting_row is 'Rows that a person must decide: whose they are, or of which class a penalty is.';
comment on column public.waiting_row.fact_id is 'A question of class: the record it is about.';
comment on column public.waiting_row.head_id is 'A question of class: the version of the record that it shows.';
grant insert, select on table public.waiting_row to credit_app;
grant select on table public.waiting_row to credit_look;
grant update (decided_at) on table public.waiting_row to credit_app;
grant select (waiting_id, delivery_id, row_no, unit, item, reason, opened_at, decided_at) on table public.waiting_row to credit_door;

create table public.warning (
  delivery_id bigint not null,
  row_no integer not null,
  warning_no integer not null,
  column_no integer,
  column_name text,
  code text not null,
  basis text,
  facts jsonb not null,
  constraint warning_key PRIMARY KEY (delivery_id, row_no, warning_no)
);
comment on table public.warning is 'What the sender of a row that was taken should look at: row, column, code, rule, facts for the sentence. No personal value.';
grant insert, select on table public.warning to credit_app;
grant select on table public.warning to credit_door;

create view public.public_report as
 SELECT r.subject_id,
    r.report_id,
    r.code,
    r.number,
    r.kind,
    r.layout,
    r.issued_at,
    r.issued_to,
    r.window_from,
    r.window_to,
    r.valid_until,
    r.pages,
    r.digest,
    r.pdf_hash,
    r.model_hash,
    r.log_size,
    COALESCE(e.state, 'issued'::text) AS state,
    e.at AS ended_at,
    e.reason AS end_reason
   FROM (public.report r
     LEFT JOIN public.report_end e ON (((e.subject_id = r.subject_id) AND (e.report_id = r.report_id))))
  WHERE (r.kind = 'public'::text);
grant select on table public.public_report to credit_app;
grant select on table public.public_report to credit_door;

-- pub ---------------------------------------------------------------------------------------------------------------------
create schema pub;
grant usage on schema pub to credit_app;
grant usage on schema pub to credit_door;
grant usage on schema pub to credit_look;
grant usage on schema pub to credit_portal;
grant usage on schema pub to credit_reader;

CREATE OR REPLACE FUNCTION pub.count_pages(of timestamp with time zone, networks text[], added_pages bigint[], added_misses bigint[])
 RETURNS TABLE(network text, pages bigint, misses bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;
comment on function pub.count_pages(timestamp with time zone,text[],bigint[],bigint[]) is 'Adds what a process of the portal saw of addresses in a minute; what all have seen of them. At most 2000 addresses at once, 200000 in a minute, five minutes open.';
grant execute on function pub.count_pages(timestamp with time zone,text[],bigint[],bigint[]) to credit_portal;

create table pub.announcement (
  subject_id bigint not null,
  notice_id bigint not null,
  number text not null,
  letter_name text not null,
  unit text not null,
  unit_name text not null,
  subject_name text not null,
  is_organisation boolean not null,
  published_on date not null,
  served_on date not null,
  made_at timestamp with time zone not null,
  constraint announcement_key PRIMARY KEY (subject_id, notice_id),
  constraint announcement_days CHECK ((served_on > published_on))
);
CREATE INDEX announcement_day ON pub.announcement USING btree (published_on DESC, notice_id DESC);
CREATE INDEX announcement_end ON pub.announcement USING btree (served_on);
comment on table pub.announcement is 'Letters that are served by publication, from the day of publication to the day on which they count as served: which letter, whose, nothing of what it says. Gone when the day is over or the letter has reached its addressee.';
grant delete, insert, select on table pub.announcement to credit_app;
grant select on table pub.announcement to credit_door;
grant select on table pub.announcement to credit_look;
grant select on table pub.announcement to credit_portal;
grant select on table pub.announcement to credit_reader;

create table pub.campaign (
  campaign_id bigint not null,
  name text not null,
  theme_name text not null,
  aim text not null,
  basis text not null,
  lead_name text not null,
  unit_names jsonb not null,
  first_day date not null,
  last_day date not null,
  concluded_on date,
  summary text,
  figures jsonb not null,
  made_at timestamp with time zone not null,
  constraint campaign_key PRIMARY KEY (campaign_id)
);
CREATE INDEX campaign_order ON pub.campaign USING btree (first_day DESC, campaign_id DESC);
comment on table pub.campaign is 'Campaigns and how far they are, in counts; counts that would tell of single ones are left out. Whom a case is about stands nowhere here.';
grant delete, insert, select, update on table pub.campaign to credit_app;
grant select on table pub.campaign to credit_door;
grant select on table pub.campaign to credit_look;
grant select on table pub.campaign to credit_portal;
grant select on table pub.campaign to credit_reader;

create table pub.change (
  change_id bigint not null,
  seq bigint,
  at timestamp with time zone not null,
  deed text not null,
  record_ids bigint[] not null,
  subject_ids bigint[] not null,
  constraint pub_change_key PRIMARY KEY (change_id),
  constraint pub_change_deed CHECK ((deed = ANY (ARRAY['shown'::text, 'withdrawn'::text])))
);
CREATE UNIQUE INDEX pub_change_seq ON pub.change USING btree (seq) WHERE (seq IS NOT NULL);
CREATE INDEX pub_change_waiting ON pub.change USING btree (change_id) WHERE (seq IS NULL);
comment on table pub.change is 'What came and went, one commit-ordered number for all (given by the sequencer after the commit).';
grant insert, select on table pub.change to credit_app;
grant select on table pub.change to credit_door;
grant select on table pub.change to credit_look;
grant select on table pub.change to credit_portal;
grant select on table pub.change to credit_reader;
grant update (seq) on table pub.change to credit_app;

create table pub.checkpoint (
  size bigint not null,
  at timestamp with time zone not null,
  note text not null,
  constraint pub_checkpoint_key PRIMARY KEY (size)
);
comment on table pub.checkpoint is 'The log''s signed checkpoints: who keeps one can show later that nothing before it was rewritten.';
grant insert, select on table pub.checkpoint to credit_app;
grant select on table pub.checkpoint to credit_door;
grant select on table pub.checkpoint to credit_look;
grant select on table pub.checkpoint to credit_portal;
grant select on table pub.checkpoint to credit_reader;

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
  made_at timestamp with time zone not null,
  constraint commitment_key PRIMARY KEY (subject_id, number)
);
CREATE INDEX commitment_day ON pub.commitment USING btree (made_on DESC, number DESC);
CREATE INDEX commitment_of_number ON pub.commitment USING btree (number);
CREATE INDEX commitment_of_subject ON pub.commitment USING btree (subject_id);
CREATE INDEX commitment_of_type ON pub.commitment USING btree (type, made_on DESC, number DESC);
CREATE INDEX commitment_of_unit ON pub.commitment USING btree (unit, made_on DESC, number DESC);
comment on table pub.commitment is 'Commitments that are to be kept and whose signer wants them seen, from signing until it is decided whether they were kept: then the record speaks.';
grant delete, insert, select, update on table pub.commitment to credit_app;
grant select on table pub.commitment to credit_door;
grant select on table pub.commitment to credit_look;
grant select on table pub.commitment to credit_portal;
grant select on table pub.commitment to credit_reader;

create table pub.correction_time (
  month date not null,
  last_month date not null,
  corrections integer not null,
  complete integer not null,
  median_hours integer not null,
  p90_hours integer not null,
  made_at timestamp with time zone not null,
  constraint correction_time_key PRIMARY KEY (month),
  constraint correction_time_cell CHECK (((complete >= 5) AND (corrections >= complete) AND (last_month >= month)))
);
comment on table pub.correction_time is 'How long corrections took until the last receiver had confirmed, by the month in which the records were taken away; months with fewer than five complete ones stand together with their neighbours.';
comment on column pub.correction_time.complete is 'Those whose receivers have all confirmed: of them the median and the 90th percentile, in hours.';
grant delete, insert, select, update on table pub.correction_time to credit_app;
grant select on table pub.correction_time to credit_door;
grant select on table pub.correction_time to credit_look;
grant select on table pub.correction_time to credit_portal;
grant select on table pub.correction_time to credit_reader;

create table pub.figure (
  name text not null,
  value bigint not null,
  made_at timestamp with time zone not null,
  constraint pub_figure_key PRIMARY KEY (name)
);
comment on table pub.figure is 'The city''s figures on the first page.';
grant delete, insert, select, update on table pub.figure to credit_app;
grant select on table pub.figure to credit_door;
grant select on table pub.figure to credit_look;
grant select on table pub.figure to credit_portal;
grant select on table pub.figure to credit_reader;

create table pub.gate (
  gate_id bigint not null,
  function_row text not null,
  basis text not null,
  purpose text not null,
  necessity text not null,
  effects text not null,
  measures text not null,
  author_unit text,
  signer_unit text,
  statement text not null,
  signed_at timestamp with time zone not null,
  valid_from date not null,
  valid_until date not null,
  ended_at timestamp with time zone,
  constraint pub_gate_key PRIMARY KEY (gate_id)
);
comment on table pub.gate is 'Switches that were opened, with their assessment and sign-off, for everybody to read.';
grant insert, select on table pub.gate to credit_app;
grant select on table pub.gate to credit_door;
grant select on table pub.gate to credit_look;
grant select on table pub.gate to credit_portal;
grant select on table pub.gate to credit_reader;
grant update (ended_at) on table pub.gate to credit_app;

create table pub.government_case (
  as_of date not null,
  open integer not null,
  overdue integer not null,
  settled_in_time integer not null,
  settled_late integer not null,
  made_at timestamp with time zone not null,
  constraint government_case_key PRIMARY KEY (as_of),
  constraint government_case_counts CHECK ((overdue <= open))
);
comment on table pub.government_case is 'Cases about bodies of the state: open, of these past their day, settled in a year in time and late. The state is told of in small numbers too.';
grant delete, insert, select, update on table pub.government_case to credit_app;
grant select on table pub.government_case to credit_door;
grant select on table pub.government_case to credit_look;
grant select on table pub.government_case to credit_portal;
grant select on table pub.government_case to credit_reader;

create table pub.log_key (
  verifier text not null,
  algorithm text not null,
  pem text not null,
  constraint pub_log_key_key PRIMARY KEY (verifier)
);
comment on table pub.log_key is 'Public keys of the log, older ones too: as auditors exchange them (C2SP vkey), and as PEM.';
grant insert, select on table pub.log_key to credit_app;
grant select on table pub.log_key to credit_door;
grant select on table pub.log_key to credit_look;
grant select on table pub.log_key to credit_portal;
grant select on table pub.log_key to credit_reader;

create table pub.measure_figure (
  grouped_by text not null,
  id text not null,
  name text not null,
  initiated integer not null,
  responded integer not null,
  declined integer not null,
  begun integer not null,
  in_force integer not null,
  ended integer not null,
  overdue integer not null,
  median_days integer,
  made_at timestamp with time zone not null,
  constraint measure_figure_key PRIMARY KEY (grouped_by, id),
  constraint measure_figure_cell CHECK ((initiated >= 5)),
  constraint measure_figure_grouped CHECK ((grouped_by = ANY (ARRAY['all'::text, 'measure'::text, 'unit'::text])))
);
comment on table pub.measure_figure is 'What became of the measures that were asked for, in all, by measure and by unit; what is too little to stand alone stands together (id empty). Names nobody.';
grant delete, insert, select, update on table pub.measure_figure to credit_app;
grant select on table pub.measure_figure to credit_door;
grant select on table pub.measure_figure to credit_look;
grant select on table pub.measure_figure to credit_portal;
grant select on table pub.measure_figure to credit_reader;

create table pub.punctuality (
  authority text not null,
  item text not null,
  month date not null,
  reported bigint not null,
  on_time bigint not null,
  late bigint not null,
  constraint pub_punctuality_key PRIMARY KEY (authority, item, month)
);
comment on table pub.punctuality is 'Departments against the seven working days.';
grant delete, insert, select, update on table pub.punctuality to credit_app;
grant select on table pub.punctuality to credit_door;
grant select on table pub.punctuality to credit_look;
grant select on table pub.punctuality to credit_portal;
grant select on table pub.punctuality to credit_reader;

create table pub.record (
  subject_id bigint not null,
  record_id bigint not null,
  item text not null,
  section text not null,
  register text,
  list text,
  heading text not null,
  title text not null,
  subject_name text not null,
  uscc text,
  document_no text not null,
  authority text not null,
  authority_name text not null,
  district text,
  sort_kind text,
  decided_on date not null,
  shown_from date not null,
  shown_until date,
  late_days smallint,
  body jsonb not null,
  made_at timestamp with time zone not null,
  constraint pub_record_key PRIMARY KEY (subject_id, record_id)
);
CREATE INDEX pub_record_authority ON pub.record USING btree (authority, register, decided_on DESC, record_id DESC) WHERE (register IS NOT NULL);
CREATE INDEX pub_record_list ON pub.record USING btree (list, decided_on DESC, record_id DESC) WHERE (list IS NOT NULL);
CREATE INDEX pub_record_register ON pub.record USING btree (register, decided_on DESC, record_id DESC) WHERE (register IS NOT NULL);
CREATE INDEX pub_record_section ON pub.record USING btree (section, decided_on DESC, record_id DESC) WHERE (section = ANY (ARRAY['commitments'::text, 'honours'::text]));
comment on table pub.record is 'Records on display. shown_until goes with every row: a reader compares it with the legal day, no job has to run.';
comment on column pub.record.late_days is 'Working days by which the department reported late; 0 on time; null not known.';
grant delete, insert, select, update on table pub.record to credit_app;
grant select on table pub.record to credit_door;
grant select on table pub.record to credit_look;
grant select on table pub.record to credit_portal;
grant select on table pub.record to credit_reader;

create table pub.report (
  code text not null,
  kind text not null,
  number text not null,
  subject_name text not null,
  uscc text,
  issued_at timestamp with time zone not null,
  valid_until date,
  pages integer not null,
  digest text not null,
  state text not null,
  state_at timestamp with time zone not null,
  changed_at timestamp with time zone,
  constraint pub_report_key PRIMARY KEY (code),
  constraint pub_report_state CHECK ((state = ANY (ARRAY['issued'::text, 'superseded'::text, 'withdrawn'::text])))
);
comment on table pub.report is 'What verification says of an issued report; not its contents.';
comment on column pub.report.changed_at is 'When something that the report could not show came to stand again, for the first time since it was issued; what it was stands nowhere here.';
grant delete, insert, select, update on table pub.report to credit_app;
grant select on table pub.report to credit_door;
grant select on table pub.report to credit_look;
grant select on table pub.report to credit_portal;
grant select on table pub.report to credit_reader;

create table pub.setting (
  name text not null,
  value jsonb not null,
  constraint pub_setting_key PRIMARY KEY (name)
);
grant delete, insert, select, update on table pub.setting to credit_app;
grant select on table pub.setting to credit_door;
grant select on table pub.setting to credit_look;
grant select on table pub.setting to credit_portal;
grant select on table pub.setting to credit_reader;

create table pub.subject (
  subject_id bigint not null,
  name text not null,
  uscc text,
  kind text not null,
  status text,
  district text,
  founded_on date,
  card jsonb not null,
  grams tsvector not null,
  made_at timestamp with time zone not null,
  constraint pub_subject_key PRIMARY KEY (subject_id)
);
CREATE INDEX pub_subject_grams ON pub.subject USING gin (grams) WITH (fastupdate=off);
CREATE INDEX pub_subject_name ON pub.subject USING btree (name text_pattern_ops);
CREATE INDEX pub_subject_uscc ON pub.subject USING btree (uscc);
comment on table pub.subject is 'Organisations only. grams: bigrams of present and former names and old codes.';
grant delete, insert, select, update on table pub.subject to credit_app;
grant select on table pub.subject to credit_door;
grant select on table pub.subject to credit_look;
grant select on table pub.subject to credit_portal;
grant select on table pub.subject to credit_reader;

create table pub.subject_page (
  subject_id bigint not null,
  stamp text not null,
  good_from date not null,
  good_until date,
  heading text not null,
  body text not null,
  constraint pub_subject_page_key PRIMARY KEY (subject_id)
);
comment on table pub.subject_page is 'Drawn pages. stamp: of the words, the law and the program that drew them. A page of another stamp, before good_from or after good_until is not sent; the portal then draws by itself.';
grant delete, insert, select on table pub.subject_page to credit_app;
grant select on table pub.subject_page to credit_door;
grant select on table pub.subject_page to credit_look;
grant select on table pub.subject_page to credit_portal;
grant select on table pub.subject_page to credit_reader;
