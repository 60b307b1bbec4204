-- breaking: no
-- Campaigns: a set of cases with its progress. It is no ground for anything: what is done about a subject stands in its own case, which names
-- the campaign it belongs to (case_file.parent_id).
create table campaign (
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
  proposed_at timestamptz not null,
  act_id bigint not null,
  decision text,
  decided_by text,
  decided_at timestamptz,
  constraint campaign_key primary key (campaign_id),
  constraint campaign_days check (last_day >= first_day),
  constraint campaign_basis check (num_nonnulls(instrument, document_no) = 1 and num_nulls(document_no, document_body) in (0, 2)),
  constraint campaign_decision check (decision in ('confirmed', 'returned') and num_nulls(decision, decided_by, decided_at) in (0, 3)),
  constraint campaign_two_persons check (decided_by <> proposed_by)
);
comment on table campaign is 'A campaign: for which problem, by which act or document, led by whom, from when until when; proposed by one person, opened by another.';
comment on column campaign.goals is 'Goal of law/campaigns.yaml → how much work is meant to be done; never a number of punishments.';
create index campaign_waiting on campaign (lead_unit) where decision is null;
grant select, insert on campaign to credit_app;
grant update (decision, decided_by, decided_at) on campaign to credit_app;
grant select on campaign to credit_door;

create table campaign_unit (
  campaign_id bigint not null,
  unit text not null,
  constraint campaign_unit_key primary key (campaign_id, unit)
);
comment on table campaign_unit is 'The units that take part in a campaign beside the one that leads it.';
create index campaign_unit_unit on campaign_unit (unit);
grant select, insert on campaign_unit to credit_app;
grant select on campaign_unit to credit_door;

create table campaign_report (
  campaign_id bigint not null,
  counts jsonb not null,
  summary text not null,
  concluded_on date not null,
  actor text not null,
  at timestamptz not null,
  act_id bigint not null,
  constraint campaign_report_key primary key (campaign_id)
);
comment on table campaign_report is 'What a campaign came to: counts of its cases on the day it ended. Cases that are open then go on under their own clocks.';
grant select, insert on campaign_report to credit_app;
grant select on campaign_report to credit_door;

create table campaign_batch (
  campaign_id bigint not null,
  batch_id bigint not null,
  unit text not null,
  procedure text not null,
  digest text not null,
  row_count integer not null,
  sealed bytea not null,
  actor text not null,
  at timestamptz not null,
  act_id bigint not null,
  constraint campaign_batch_key primary key (campaign_id, batch_id),
  constraint campaign_batch_once unique (campaign_id, unit, digest)
);
comment on table campaign_batch is 'A list of codes about each of which a case is to be opened, and the form they share, sealed (aad campaign_batch:<batch_id>). The same list is taken once.';
grant select, insert on campaign_batch to credit_app;
grant select (campaign_id, batch_id, unit, procedure, digest, row_count, actor, at, act_id) on campaign_batch to credit_door;

create table campaign_batch_row (
  campaign_id bigint not null,
  batch_id bigint not null,
  row_no integer not null,
  case_id bigint,
  refusal text,
  basis text,
  facts jsonb,
  act_id bigint not null,
  constraint campaign_batch_row_key primary key (campaign_id, batch_id, row_no),
  constraint campaign_batch_row_end check (num_nonnulls(case_id, refusal) = 1)
);
comment on table campaign_batch_row is 'What became of a line of such a list: the case that was opened, or why none was (the code of the sentence, its article, its facts). A line that stands here is never taken again.';
grant select, insert on campaign_batch_row to credit_app;
grant select on campaign_batch_row to credit_door;

-- A campaign's cases by unit and state, without those that belong to none.
create index case_file_of_campaign on case_file (parent_id, unit, state) where parent_id is not null;
drop index case_file_parent;

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
  made_at timestamptz not null,
  constraint campaign_key primary key (campaign_id)
);
comment on table pub.campaign is 'Campaigns and how far they are, in counts; counts that would tell of single ones are left out. Whom a case is about stands nowhere here.';
create index campaign_order on pub.campaign (first_day desc, campaign_id desc);
grant select, insert, update, delete on pub.campaign to credit_app;
grant select on pub.campaign to credit_portal, credit_reader;
grant select on pub.campaign to credit_door, credit_look;

create table pub.government_case (
  as_of date not null,
  open integer not null,
  overdue integer not null,
  settled_in_time integer not null,
  settled_late integer not null,
  made_at timestamptz not null,
  constraint government_case_key primary key (as_of),
  constraint government_case_counts check (overdue <= open)
);
comment on table pub.government_case is 'Cases about bodies of the state: open, of these past their day, settled in a year in time and late. The state is told of in small numbers too.';
grant select, insert, update, delete on pub.government_case to credit_app;
grant select on pub.government_case to credit_portal, credit_reader;
grant select on pub.government_case to credit_door, credit_look;
