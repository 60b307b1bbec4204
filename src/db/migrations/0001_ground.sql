-- breaking: no
-- The ground: acts, looks, the ledger; subjects and their identifiers; deliveries; facts; publication; people at the door.
-- Every table about a subject has subject_id first in its key (docs/decisions/0006). Append-only is a grant, not a habit: see the end.

create sequence id_block as bigint increment by 1000 start with 1000;
comment on sequence id_block is 'Blocks of 1000 ids; the application hands them out below 2^53.';

-- Ledger ---------------------------------------------------------------------------------------------------------------
create table ledger_batch (
  batch_id     bigint      not null,
  at           timestamptz not null,
  kind         text        not null,
  leaf_count   integer     not null,
  leaves       bytea       not null,
  first_leaf   bigint,
  sequenced_at timestamptz,
  constraint ledger_batch_key primary key (batch_id),
  constraint ledger_batch_kind check (kind in ('change', 'look')),
  constraint ledger_batch_size check (octet_length(leaves) = leaf_count * 32)
);
create index ledger_batch_waiting on ledger_batch (batch_id) where first_leaf is null;
create unique index ledger_batch_position on ledger_batch (first_leaf) where first_leaf is not null;
comment on table ledger_batch is 'Leaf hashes of one transaction, written in it; the sequencer gives them their place in the log after the commit.';

create table ledger_tile (
  level  smallint not null,
  place  bigint   not null,
  hashes bytea    not null,
  constraint ledger_tile_key primary key (level, place)
);
comment on table ledger_tile is 'Up to 256 node hashes of one level of the Merkle tree; only the last tile of a level is ever written again.';

create table checkpoint (
  size bigint      not null,
  at   timestamptz not null,
  note text        not null,
  constraint checkpoint_key primary key (size)
);
comment on table checkpoint is 'Signed notes: origin, size, root of the log.';

-- Acts and looks -------------------------------------------------------------------------------------------------------
create table act (
  entity   text        not null,
  at       timestamptz not null,
  act_id   bigint      not null,
  deed     text        not null,
  actor    text        not null,
  unit     text,
  detail   jsonb       not null,
  batch_id bigint      not null,
  leaf_no  integer     not null,
  constraint act_key primary key (entity, at, act_id)
);
create index act_at on act (at, act_id);
comment on table act is 'Every change as an appended act, in the transaction of the change (principle 11).';

create table look (
  subject_id  bigint      not null,
  at          timestamptz not null,
  look_id     bigint      not null,
  actor       text        not null,
  unit        text,
  outlet      text        not null,
  purpose     text        not null,
  business_no text        not null,
  basis       text,
  shown       text[]      not null,
  until       date,
  receipt     text        not null,
  batch_id    bigint      not null,
  leaf_no     integer     not null,
  constraint look_key primary key (subject_id, at, look_id)
);
create index look_at on look (at desc, look_id desc);
create index look_receipt on look (receipt);
comment on table look is 'One row per subject shown, written in the transaction of the read (principle 8). Also the entry of the receiver.';

create table look_miss (
  look_id     bigint      not null,
  at          timestamptz not null,
  actor       text        not null,
  unit        text,
  outlet      text        not null,
  purpose     text        not null,
  business_no text        not null,
  asked       bytea       not null,
  receipt     text        not null,
  batch_id    bigint      not null,
  leaf_no     integer     not null,
  constraint look_miss_key primary key (look_id)
);
create index look_miss_at on look_miss (at desc, look_id desc);
comment on table look_miss is 'Looks that found nobody; what was asked for is kept as a keyed digest only.';

-- Subjects -------------------------------------------------------------------------------------------------------------
create table subject (
  subject_id bigint      not null,
  kind       text        not null,
  origin     text        not null,
  opened_at  timestamptz not null,
  act_id     bigint      not null,
  constraint subject_key primary key (subject_id),
  constraint subject_kind check (kind in ('enterprise', 'branch', 'sole-trader', 'co-operative', 'public-institution', 'social-organisation', 'government-body', 'natural-person')),
  constraint subject_origin check (origin in ('registered', 'reported', 'window'))
);
comment on table subject is 'Whose records these are. Never changed; merging and splitting are rows of subject_link.';

create table subject_card (
  subject_id           bigint      not null,
  kind                 text        not null,
  name                 text        not null,
  name_key             text        not null,
  uscc                 text,
  registered           boolean     not null,
  status               text,
  district             text,
  address              text,
  enterprise_type      text,
  legal_representative text,
  founded_on           date,
  ended_on             date,
  fact_id              bigint,
  updated_at           timestamptz not null,
  constraint subject_card_key primary key (subject_id)
);
comment on table subject_card is 'Projection: the subject as it is now. Rebuilt from facts.';

create table subject_name (
  subject_id  bigint      not null,
  name_key    text        not null,
  known_from  timestamptz not null,
  name        text        not null,
  valid_from  date,
  valid_until date,
  fact_id     bigint,
  constraint subject_name_key primary key (subject_id, name_key, known_from)
);
comment on table subject_name is 'Names bounded in time, former ones with their end.';

create table name_lookup (
  name_key   text   not null,
  subject_id bigint not null,
  constraint name_lookup_key primary key (name_key, subject_id)
);
comment on table name_lookup is 'Exact normalised full names → subjects; distributed by name_key.';

create table identifier (
  subject_id bigint      not null,
  kind       text        not null,
  value      text        not null,
  known_from timestamptz not null,
  valid_from date,
  fact_id    bigint,
  constraint identifier_key primary key (subject_id, kind, value),
  constraint identifier_kind check (kind in ('uscc', 'organisation-code', 'registration-number', 'tax-number', 'institution-number', 'resident-id', 'passport', 'hong-kong-macao-permit', 'taiwan-permit', 'foreign-permanent-residence'))
);
comment on table identifier is 'What identifies a subject. For persons the value is a keyed blind index, never the number.';

create table identifier_lookup (
  value      text   not null,
  kind       text   not null,
  subject_id bigint not null,
  constraint identifier_lookup_key primary key (value, kind)
);
comment on table identifier_lookup is 'Whose is this value? Distributed by value.';

create table person_secret (
  subject_id bigint not null,
  kind       text   not null,
  sealed     bytea  not null,
  constraint person_secret_key primary key (subject_id, kind)
);
comment on table person_secret is 'ID numbers of persons, sealed. Never drawn in full.';

create table subject_link (
  subject_id bigint      not null,
  link_id    bigint      not null,
  kind       text        not null,
  to_subject bigint      not null,
  valid_from date        not null,
  known_from timestamptz not null,
  act_id     bigint      not null,
  undoes     bigint,
  constraint subject_link_key primary key (subject_id, link_id),
  constraint subject_link_kind check (kind in ('merged-into', 'split-from', 'undone'))
);
create index subject_link_to on subject_link (to_subject);
comment on table subject_link is 'Merging and splitting as appended links; no fact ever changes its subject_id.';

-- Deliveries -----------------------------------------------------------------------------------------------------------
create table delivery (
  delivery_id bigint      not null,
  source      text        not null,
  unit        text        not null,
  item        text        not null,
  edition     text        not null,
  channel     text        not null,
  sender      text        not null,
  file_name   text        not null,
  file_hash   bytea       not null,
  file_bytes  bigint      not null,
  received_at timestamptz not null,
  received_on date        not null,
  same_as     bigint,
  constraint delivery_key primary key (delivery_id),
  constraint delivery_channel check (channel in ('console', 'api', 'import', 'drop', 'entry'))
);
create index delivery_hash on delivery (file_hash, source);
create index delivery_unit on delivery (unit, delivery_id desc);
comment on table delivery is 'A file as it was sent. The file itself is sealed in the store by its hash until the line has settled it.';

create table delivery_state (
  delivery_id bigint      not null,
  state       text        not null,
  total_rows  bigint,
  refusal     jsonb,
  layout      jsonb,
  started_at  timestamptz,
  settled_at  timestamptz,
  released_at timestamptz,
  constraint delivery_state_key primary key (delivery_id),
  constraint delivery_state_word check (state in ('received', 'settling', 'settled', 'refused'))
);
create index delivery_state_open on delivery_state (delivery_id) where state in ('received', 'settling');
create index delivery_state_unreleased on delivery_state (settled_at) where released_at is null;
comment on table delivery_state is 'Projection: how far the line is with a delivery.';

create table delivery_chunk (
  delivery_id bigint      not null,
  chunk_no    integer     not null,
  first_row   bigint      not null,
  last_row    bigint      not null,
  received    integer     not null,
  filed       integer     not null,
  duplicate   integer     not null,
  corrected   integer     not null,
  annulled    integer     not null,
  refused     integer     not null,
  waiting     integer     not null,
  row_nos     integer[]   not null,
  outcomes    bytea       not null,
  subject_ids bigint[]    not null,
  fact_ids    bigint[]    not null,
  kept_rows   bytea       not null,
  settled_at  timestamptz not null,
  constraint delivery_chunk_key primary key (delivery_id, chunk_no),
  constraint delivery_chunk_sum check (received = filed + duplicate + corrected + annulled + refused + waiting)
);
alter table delivery_chunk alter column kept_rows set storage external;
comment on table delivery_chunk is 'Some thousand rows settled in one transaction: one outcome a row, and the rows as sent, sealed, prohibited values blanked.';

create table refusal (
  delivery_id bigint  not null,
  row_no      integer not null,
  fault_no    integer not null,
  column_no   integer,
  column_name text,
  code        text    not null,
  basis       text,
  facts       jsonb   not null,
  constraint refusal_key primary key (delivery_id, row_no, fault_no)
);
comment on table refusal is 'Why a row was not filed: row, column, code, rule, facts for the sentence. No personal value.';

create table waiting_row (
  waiting_id  bigint      not null,
  delivery_id bigint,
  row_no      integer,
  unit        text        not null,
  item        text        not null,
  reason      text        not null,
  evidence    jsonb       not null,
  number_hash uuid,
  content_mac uuid,
  subject_id  bigint,
  fact_id     bigint,
  sealed      bytea       not null,
  opened_at   timestamptz not null,
  decided_at  timestamptz,
  constraint waiting_row_key primary key (waiting_id)
);
create index waiting_row_open on waiting_row (waiting_id) where decided_at is null;
create unique index waiting_row_of on waiting_row (delivery_id, row_no, reason);
create unique index waiting_row_gravity on waiting_row (fact_id) where reason = 'penalty.gravity-open';
create index waiting_row_number on waiting_row (number_hash);
comment on table waiting_row is 'Rows that a person must decide: whose they are, or of which class a penalty is.';

create table waiting_decision (
  waiting_id  bigint      not null,
  decision_no integer     not null,
  decision    text        not null,
  subject_id  bigint,
  fact_id     bigint,
  reason      text,
  actor       text        not null,
  at          timestamptz not null,
  act_id      bigint      not null,
  constraint waiting_decision_key primary key (waiting_id, decision_no),
  constraint waiting_decision_word check (decision in ('same', 'new', 'returned', 'undone', 'gravity'))
);
comment on table waiting_decision is 'What a person decided, appended; an undo is a decision too.';

-- Facts ----------------------------------------------------------------------------------------------------------------
create table fact (
  subject_id    bigint      not null,
  decided_on    date        not null,
  fact_id       bigint      not null,
  item          text        not null,
  edition       text        not null,
  authority     text        not null,
  kind          text        not null,
  replaces      bigint,
  known_from    timestamptz not null,
  received_on   date        not null,
  report_due_on date,
  delivery_id   bigint      not null,
  row_no        integer     not null,
  row_hash      bytea       not null,
  matched_by    text        not null,
  batch_id      bigint      not null,
  leaf_no       integer     not null,
  commitment    bytea       not null,
  constraint fact_key primary key (subject_id, decided_on, fact_id),
  constraint fact_kind check (kind in ('record', 'correction', 'annulment', 'gravity')),
  constraint fact_replaces check ((kind = 'record') = (replaces is null)),
  constraint fact_commitment check (octet_length(commitment) = 32)
) partition by range (decided_on);
comment on table fact is 'The skeleton of a fact, which stays for ever: ids, both times, edition, provenance, salted commitment to its content.';

create table fact_content (
  subject_id bigint      not null,
  fact_id    bigint      not null,
  decided_on date        not null,
  item       text        not null,
  edition    text        not null,
  authority  text        not null,
  kind       text        not null,
  replaces   bigint,
  known_from timestamptz not null,
  received_on date       not null,
  salt       bytea       not null,
  content    json        not null,
  constraint fact_content_key primary key (subject_id, fact_id)
);
comment on table fact_content is 'What a fact says. Only the retention command deletes here. Copies of the skeleton''s times let one range scan read a whole archive.';

create table record_key (
  number_hash uuid     not null,
  slot        smallint not null,
  subject_id  bigint   not null,
  fact_id     bigint   not null,
  head_id     bigint   not null,
  decided_on  date     not null,
  content_mac uuid     not null,
  annulled    boolean  not null,
  constraint record_key_key primary key (number_hash, slot)
);
comment on table record_key is 'Item + deciding authority + document number, keyed digest → the record and its last version. Slots above 0 are other counterparts that a person let in.';

create table former_content (
  number_hash uuid   not null,
  content_mac uuid   not null,
  fact_id     bigint not null,
  constraint former_content_key primary key (number_hash, content_mac)
);
comment on table former_content is 'Keyed digests of superseded versions: a file sent again must not undo a correction.';

create table timeliness (
  authority text    not null,
  item      text    not null,
  month     date    not null,
  reported  bigint  not null,
  on_time   bigint  not null,
  late      bigint  not null,
  unknown   bigint  not null,
  constraint timeliness_key primary key (authority, item, month)
);
comment on table timeliness is 'Projection: decisions of a month by when they reached the platform (M067, M068).';

create function fact_month(of date) returns text language sql immutable as
$$ select case when of < date '2016-01-01' then 'fact_earlier' else 'fact_' || to_char(of, 'YYYY_MM') end $$;

create function make_fact_month(of date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part text := fact_month(of);
  first date := date_trunc('month', of)::date;
begin
  if to_regclass('public.' || part) is not null then return; end if;
  perform pg_advisory_xact_lock(7355608);
  if to_regclass('public.' || part) is not null then return; end if;
  if of < date '2016-01-01' then
    execute format('create table %I partition of fact for values from (minvalue) to (%L)', part, date '2016-01-01');
  else
    execute format('create table %I partition of fact for values from (%L) to (%L)', part, first, (first + interval '1 month')::date);
  end if;
end $$;
comment on function make_fact_month is 'Makes the partition of a month when its first fact arrives.';

-- Reports --------------------------------------------------------------------------------------------------------------
create table report (
  subject_id   bigint      not null,
  report_id    bigint      not null,
  code         text        not null,
  number       text        not null,
  kind         text        not null,
  layout       text        not null,
  issued_at    timestamptz not null,
  issued_to    text        not null,
  window_from  date,
  window_to    date,
  valid_until  date,
  pages        integer     not null,
  digest       bytea       not null,
  pdf_hash     text        not null,
  model_hash   text        not null,
  fact_ids     bigint[]    not null,
  log_size     bigint      not null,
  constraint report_key primary key (subject_id, report_id),
  constraint report_kind check (kind in ('public', 'special'))
);
create index report_issued_to on report (issued_to, report_id desc);
comment on table report is 'Issued reports, as issued.';

create table report_lookup (
  code       text   not null,
  subject_id bigint not null,
  report_id  bigint not null,
  constraint report_lookup_key primary key (code)
);

create table report_end (
  subject_id bigint      not null,
  report_id  bigint      not null,
  state      text        not null,
  at         timestamptz not null,
  reason     text        not null,
  act_id     bigint      not null,
  constraint report_end_key primary key (subject_id, report_id),
  constraint report_end_state check (state in ('superseded', 'withdrawn'))
);
comment on table report_end is 'A report that may no longer be served, and why.';

-- People at the door ---------------------------------------------------------------------------------------------------
create table account (
  account_id bigint      not null,
  login      text        not null,
  name       text        not null,
  unit       text        not null,
  roles      text[]      not null,
  subject_id bigint,
  password   text        not null,
  made_at    timestamptz not null,
  closed_at  timestamptz,
  constraint account_key primary key (account_id),
  constraint account_login unique (login)
);
create table session (
  token_hash bytea       not null,
  account_id bigint      not null,
  csrf       text        not null,
  made_at    timestamptz not null,
  seen_at    timestamptz not null,
  ends_at    timestamptz not null,
  constraint session_key primary key (token_hash)
);
create table access_token (
  token_hash bytea       not null,
  token_id   bigint      not null,
  name       text        not null,
  unit       text        not null,
  roles      text[]      not null,
  made_at    timestamptz not null,
  ends_at    timestamptz,
  closed_at  timestamptz,
  constraint access_token_key primary key (token_hash)
);
create table sign_in_attempt (
  login_mac bytea       not null,
  at        timestamptz not null,
  ok        boolean     not null,
  constraint sign_in_attempt_key primary key (login_mac, at)
);
comment on table account is 'People of units, and subjects'' own accounts (subject_id set).';
comment on table session is 'Signed-in sessions, by digest of the token.';
comment on table access_token is 'Programs, by digest of the token.';
comment on table sign_in_attempt is 'Tries by keyed digest of the login, for the brake.';

create table setting (
  name  text  not null,
  value jsonb not null,
  constraint setting_key primary key (name)
);
comment on table setting is 'Facts of this installation: the example city''s last day, progress of its loading.';

create table law_edition (
  path          text        not null,
  edition       text        not null,
  content       text        not null,
  drafted_by    text        not null,
  approved_by   text,
  approved_at   timestamptz,
  in_force_from date        not null,
  digest        bytea       not null,
  constraint law_edition_key primary key (path, edition)
);
comment on table law_edition is 'Editions of law and city tables made in the console; the loader takes them like files.';

-- What the public may see ------------------------------------------------------------------------------------------------
create schema pub;
create table pub.subject (
  subject_id bigint      not null,
  name       text        not null,
  uscc       text,
  kind       text        not null,
  status     text,
  district   text,
  founded_on date,
  card       jsonb       not null,
  grams      tsvector    not null,
  made_at    timestamptz not null,
  constraint pub_subject_key primary key (subject_id)
);
create index pub_subject_uscc on pub.subject (uscc);
create index pub_subject_name on pub.subject (name text_pattern_ops);
create index pub_subject_grams on pub.subject using gin (grams) with (fastupdate = off);
comment on table pub.subject is 'Organisations only. grams: bigrams of present and former names and old codes.';

create table pub.record (
  subject_id   bigint      not null,
  record_id    bigint      not null,
  item         text        not null,
  section      text        not null,
  register     text,
  list         text,
  heading      text        not null,
  title        text        not null,
  subject_name text        not null,
  uscc         text,
  document_no  text        not null,
  authority    text        not null,
  authority_name text      not null,
  district     text,
  sort_kind    text,
  decided_on   date        not null,
  shown_from   date        not null,
  shown_until  date,
  late_days    smallint,
  body         jsonb       not null,
  made_at      timestamptz not null,
  constraint pub_record_key primary key (subject_id, record_id)
);
create index pub_record_register on pub.record (register, decided_on desc, record_id desc) where register is not null;
create index pub_record_authority on pub.record (authority, register, decided_on desc, record_id desc) where register is not null;
create index pub_record_section on pub.record (section, decided_on desc, record_id desc) where section in ('commitments', 'honours');
create index pub_record_list on pub.record (list, decided_on desc, record_id desc) where list is not null;
comment on column pub.record.late_days is 'Working days by which the department reported late; 0 on time; null not known.';
comment on table pub.record is 'Records on display. shown_until goes with every row: a reader compares it with the legal day, no job has to run.';

create table pub.report (
  code        text        not null,
  kind        text        not null,
  number      text        not null,
  subject_name text       not null,
  uscc        text,
  issued_at   timestamptz not null,
  valid_until date,
  pages       integer     not null,
  digest      text        not null,
  state       text        not null,
  state_at    timestamptz not null,
  constraint pub_report_key primary key (code),
  constraint pub_report_state check (state in ('issued', 'superseded', 'withdrawn'))
);
comment on table pub.report is 'What verification says of an issued report; not its contents.';

create table pub.figure (
  name    text        not null,
  value   bigint      not null,
  made_at timestamptz not null,
  constraint pub_figure_key primary key (name)
);
create table pub.punctuality (
  authority text   not null,
  item      text   not null,
  month     date   not null,
  reported  bigint not null,
  on_time   bigint not null,
  late      bigint not null,
  constraint pub_punctuality_key primary key (authority, item, month)
);
comment on table pub.figure is 'The city''s figures on the first page.';
comment on table pub.punctuality is 'Departments against the seven working days.';

create table pub.change (
  change_id  bigint      not null,
  seq        bigint,
  at         timestamptz not null,
  deed       text        not null,
  record_ids bigint[]    not null,
  subject_ids bigint[]   not null,
  constraint pub_change_key primary key (change_id),
  constraint pub_change_deed check (deed in ('shown', 'withdrawn'))
);
create unique index pub_change_seq on pub.change (seq) where seq is not null;
create index pub_change_waiting on pub.change (change_id) where seq is null;
comment on table pub.change is 'What came and went, one commit-ordered number for all (given by the sequencer after the commit).';

create table pub.setting (
  name  text  not null,
  value jsonb not null,
  constraint pub_setting_key primary key (name)
);

-- Grants -----------------------------------------------------------------------------------------------------------------
-- PostgreSQL lets everybody use schema public and call its functions; the portal's login must not.
revoke usage on schema public from public;
revoke execute on all functions in schema public from public;
alter default privileges revoke execute on functions from public;
grant usage on schema public to credit_app, credit_reader;
grant usage on schema pub to credit_app, credit_portal, credit_reader;
grant select on all tables in schema pub to credit_portal, credit_reader;
grant usage on all sequences in schema public to credit_app;
-- appended, never changed
grant select, insert on act, look, look_miss, subject, subject_name, identifier, person_secret, subject_link, delivery, delivery_chunk,
  refusal, waiting_row, waiting_decision, fact, fact_content, former_content, report, report_lookup, report_end, checkpoint, law_edition to credit_app;
grant select, insert on ledger_batch to credit_app;
grant update (first_leaf, sequenced_at) on ledger_batch to credit_app;
grant update (decided_at) on waiting_row to credit_app;
grant update (approved_by, approved_at) on law_edition to credit_app;
-- projections and the door's own tables
grant select, insert, update on ledger_tile, subject_card, delivery_state, record_key, timeliness, account, access_token, setting to credit_app;
grant select, insert, update, delete on session, sign_in_attempt, name_lookup, identifier_lookup to credit_app;
grant select, insert, update, delete on pub.subject, pub.record, pub.report, pub.figure, pub.punctuality, pub.setting to credit_app;
grant select, insert on pub.change to credit_app;
grant update (seq) on pub.change to credit_app;
grant execute on function make_fact_month(date), fact_month(date) to credit_app;
