-- breaking: yes
-- (a program that does not know mandates would still let an account speak for a subject after its mandate has ended)
-- Who speaks for whom, from when to when: mandates with their ends, invitations of agents, bindings at a window, persons behind accounts.
-- Who may do what is the door's own business: the door's login reads it; only changes write it.

create table mandate (
  subject_id     bigint      not null,
  mandate_id     bigint      not null,
  account_id     bigint      not null,
  capacity       text        not null,
  extent         text[],
  valid_from     date        not null,
  valid_until    date,
  bound_by       text        not null,
  representative text,
  evidence_kind  text,
  evidence       bytea,
  business_no    text,
  made_at        timestamptz not null,
  act_id         bigint      not null,
  constraint mandate_key primary key (subject_id, mandate_id),
  constraint mandate_capacity check (capacity in ('self', 'legal-representative', 'agent')),
  constraint mandate_bound_by check (bound_by in ('oidc', 'window', 'principal', 'operator')),
  constraint mandate_days check (valid_until >= valid_from),
  -- An agent's mandate always has an end, two years away at the most, and says what it covers; who speaks by office speaks in everything.
  constraint mandate_agent_end check ((capacity = 'agent') = (valid_until is not null) and valid_until <= valid_from + interval '2 years'),
  constraint mandate_agent_extent check ((capacity = 'agent') = (extent is not null) and coalesce(cardinality(extent), 1) > 0)
);
create index mandate_account on mandate (account_id);
comment on table mandate is 'Who speaks for a subject, in what, from the first to the last day (both included). In force is computed from the days and mandate_end, never a flag.';
comment on column mandate.extent is 'Permissions that an agent has; what the roles of subjects gain later is not among them.';
comment on column mandate.representative is 'Name, as it is compared, under which the register had the legal representative when he was bound.';
comment on column mandate.evidence is 'Sealed number of the paper or message that the binding rests on; aad mandate:<mandate_id>.';

create table mandate_end (
  subject_id bigint      not null,
  mandate_id bigint      not null,
  act_id     bigint      not null,
  at         timestamptz not null,
  last_day   date,
  why        text        not null,
  ended_by   text        not null,
  constraint mandate_end_key primary key (subject_id, mandate_id, act_id),
  constraint mandate_end_why check (why in ('principal', 'agent', 'operator', 'replaced', 'representative-changed'))
);
comment on table mandate_end is 'What ends a mandate before its last day: at once (last_day null), or with an earlier last day. Appended; the earliest end counts.';

create table mandate_invitation (
  subject_id    bigint      not null,
  invitation_id bigint      not null,
  code_mac      bytea       not null,
  sealed        bytea       not null,
  extent        text[]      not null,
  valid_until   date        not null,
  made_by       text        not null,
  made_at       timestamptz not null,
  expires_at    timestamptz not null,
  act_id        bigint      not null,
  settled_at    timestamptz,
  outcome       text,
  mandate_id    bigint,
  constraint mandate_invitation_key primary key (subject_id, invitation_id),
  constraint mandate_invitation_outcome check (outcome in ('accepted', 'withdrawn') and (outcome is null) = (settled_at is null))
);
-- The code is all that the invited person has; not unique, because it names no subject to distribute by.
create index mandate_invitation_code on mandate_invitation (code_mac);
comment on table mandate_invitation is 'A principal invites an agent by a one-time code, kept as a keyed digest; name and telephone of the invited sealed (aad mandate_invitation:<invitation_id>).';

create table account_person (
  kind       text        not null,
  value      text        not null,
  account_id bigint      not null,
  made_at    timestamptz not null,
  act_id     bigint      not null,
  constraint account_person_key primary key (kind, value)
);
create index account_person_account on account_person (account_id);
comment on table account_person is 'The person behind an account, by blind index of a document: one person has one account. It may stand before the account is activated.';

create table account_activation (
  code_mac   bytea       not null,
  account_id bigint      not null,
  sealed     bytea       not null,
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  act_id     bigint      not null,
  used_at    timestamptz,
  constraint account_activation_key primary key (code_mac)
);
comment on table account_activation is 'One-time codes handed over on paper, by keyed digest: with one a person chooses login and password. Name sealed (aad account_activation:<account_id>).';

create table binding (
  binding_id    bigint      not null,
  unit          text        not null,
  capacity      text        not null,
  for_subject   bigint,
  extent        text[],
  valid_until   date,
  person_kind   text        not null,
  person_value  text        not null,
  sealed        bytea       not null,
  evidence_kind text        not null,
  evidence      bytea       not null,
  opened_by     text        not null,
  opened_at     timestamptz not null,
  expires_at    timestamptz not null,
  act_id        bigint      not null,
  settled_at    timestamptz,
  settled_by    text,
  outcome       text,
  mandate_id    bigint,
  constraint binding_key primary key (binding_id),
  constraint binding_capacity check (capacity in ('self', 'legal-representative', 'agent')),
  constraint binding_outcome check (outcome in ('confirmed', 'withdrawn') and (outcome is null) = (settled_at is null)),
  constraint binding_two_officers check (outcome <> 'confirmed' or settled_by <> opened_by)
);
create index binding_unit on binding (unit, opened_at desc);
comment on table binding is 'A piece of a window''s work, about no subject until it is confirmed: one officer opens it, another of the same unit confirms it with the papers before him. Name and paper number sealed (aad binding:<binding_id>).';

alter table session add column mandate_id bigint;
comment on column session.mandate_id is 'The mandate by which the session acts; null: the only one in force, or none chosen yet.';

-- Accounts bound to one subject so far: bound by the operator, in the capacity that the kind of the subject gives. A number stands for one
-- noun only, so the mandate may have the account's. A name with letters is compared in another form than it is written in: left out.
insert into mandate (subject_id, mandate_id, account_id, capacity, valid_from, bound_by, representative, made_at, act_id)
select a.subject_id, a.account_id, a.account_id, case when s.kind = 'natural-person' then 'self' else 'legal-representative' end,
  (a.made_at at time zone 'Asia/Shanghai')::date, 'operator',
  case when c.legal_representative ~ '^[一-龥]+$' then c.legal_representative end, a.made_at,
  coalesce((select max(act_id) from act where entity = 'account:' || a.account_id and deed = 'account.create'), 0)
from account a left join subject s using (subject_id) left join subject_card c using (subject_id) where a.subject_id is not null;
comment on table account is 'People of units, and of subjects (unit subject): whom these speak for stands in mandate.';
comment on column account.subject_id is 'No longer read: see mandate.';

grant select, insert on mandate, mandate_end, mandate_invitation, account_person, account_activation, binding to credit_app;
grant update (settled_at, outcome, mandate_id) on mandate_invitation to credit_app;
grant update (used_at) on account_activation to credit_app;
grant update (for_subject, settled_at, settled_by, outcome, mandate_id) on binding to credit_app;
grant select on mandate, mandate_end, mandate_invitation, account_person, account_activation, binding to credit_door;
