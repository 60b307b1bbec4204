-- breaking: yes
-- (a program that reads account.roles would find no roles)
-- Organisations registered in the console beside those of units.yaml; roles of accounts as dated rows with two persons.

create table organisation (
  organisation_id text        not null,
  version         integer     not null,
  name            text        not null,
  uscc            text        not null,
  kind            text        not null,
  parent          text,
  state           text        not null,
  reason          text        not null,
  proposed_by     text        not null,
  proposed_at     timestamptz not null,
  decision        text,
  decided_by      text,
  decided_at      timestamptz,
  constraint organisation_key primary key (organisation_id, version),
  constraint organisation_state check (state in ('open', 'closed')),
  constraint organisation_decision check (decision in ('confirmed', 'refused') and num_nulls(decision, decided_by, decided_at) in (0, 3)),
  constraint organisation_two_persons check (decided_by is null or decided_by <> proposed_by or proposed_by = 'system')
);
comment on table organisation is 'Banks, institutions and platforms registered in the console, version by version: proposed by one administrator, decided by another. The latest confirmed version counts.';
comment on column organisation.parent is 'A unit of units.yaml or an organisation; null at the top of its kind.';
comment on column organisation.state is 'open, or closed for good.';

create table role_grant (
  account_id  bigint      not null,
  grant_no    integer     not null,
  role        text        not null,
  valid_from  date        not null,
  valid_until date,
  reason      text        not null,
  proposed_by text        not null,
  proposed_at timestamptz not null,
  decision    text,
  decided_by  text,
  decided_at  timestamptz,
  ended_at    timestamptz,
  ended_by    text,
  end_reason  text,
  constraint role_grant_key primary key (account_id, grant_no),
  constraint role_grant_days check (valid_until >= valid_from),
  constraint role_grant_decision check (decision in ('confirmed', 'refused') and num_nulls(decision, decided_by, decided_at) in (0, 3)),
  constraint role_grant_end check (num_nulls(ended_at, ended_by, end_reason) in (0, 3)),
  -- Nobody confers a role on himself, and nobody confirms his own proposal; the operator's terminal alone acts as the system.
  constraint role_grant_not_own check ('account:' || account_id not in (proposed_by, coalesce(decided_by, ''))),
  constraint role_grant_two_persons check (decided_by is null or decided_by <> proposed_by or proposed_by = 'system')
);
create index role_grant_open on role_grant (proposed_at) where decision is null;
comment on table role_grant is 'Roles of accounts, from the first to the last day (both included): proposed by one person, decided by another. In force is computed from the days, the decision and the end, never a flag.';

-- The roles that accounts have had until now, as the platform gave them.
insert into role_grant (account_id, grant_no, role, valid_from, reason, proposed_by, proposed_at, decision, decided_by, decided_at)
  select a.account_id, r.no, r.role, (a.made_at at time zone 'Asia/Shanghai')::date, 'migrated', 'system', a.made_at, 'confirmed', 'system', a.made_at
  from account a, unnest(a.roles) with ordinality as r (role, no);
alter table account drop column roles;

-- Who may do what is the door's own business: the door's login reads it, changes write it. Decided and ended once, never rewritten.
grant select on organisation, role_grant to credit_door, credit_app;
grant insert on organisation, role_grant to credit_app;
grant update (decision, decided_by, decided_at) on organisation to credit_app;
grant update (decision, decided_by, decided_at, ended_at, ended_by, end_reason) on role_grant to credit_app;
