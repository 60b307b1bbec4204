-- breaking: yes
-- (a program that does not know a session's stage would let in whoever has given a password only)
-- Second factors: one-time codes, passkeys, recovery codes; stages of a session; resets of passwords; what was refused at the door, counted.

-- Sessions from before have no stage: everybody signs in again.
delete from session;
alter table session
  add column session_id bigint      not null,
  add column stage      text        not null,
  add column assurance  text        not null,
  add column fresh_at   timestamptz,
  add column device     text        not null,
  add column network    text        not null;
create unique index session_number on session (session_id);
create index session_of_account on session (account_id);
comment on column session.session_id is 'Its number in its owner''s list: no secret, and opens nothing.';
comment on column session.stage is 'factor: nothing but giving or enrolling the second factor; whole: signed in.';
comment on column session.assurance is 'How its owner was made sure of: password, two-factor, federated.';
comment on column session.fresh_at is 'When its owner last gave everything that signing in asks for; null before that.';
comment on column session.device is 'Family of browser and system, coarse.';
comment on column session.network is 'Address, masked.';

alter table account add column password_at timestamptz;
comment on column account.password_at is 'When the password was set; null: with the account.';

create table totp_factor (
  account_id   bigint      not null,
  factor_id    bigint      not null,
  secret       bytea       not null,
  made_at      timestamptz not null,
  confirmed_at timestamptz,
  last_step    bigint      not null,
  constraint totp_factor_key primary key (account_id, factor_id)
);
comment on table totp_factor is 'Secrets of one-time codes (RFC 6238), sealed; one counts once its first code was given. A step''s code counts once.';

create table passkey (
  account_id    bigint      not null,
  passkey_id    bigint      not null,
  credential_id text        not null,
  public_key    bytea       not null,
  sign_count    bigint      not null,
  transports    text[]      not null,
  name          text        not null,
  made_at       timestamptz not null,
  used_at       timestamptz,
  constraint passkey_key primary key (account_id, passkey_id)
);
create unique index passkey_credential on passkey (credential_id);
comment on table passkey is 'Public keys of passkeys (WebAuthn), with the counter that tells a copied one.';

create table recovery_code (
  account_id bigint      not null,
  code_no    smallint    not null,
  code_mac   bytea       not null,
  made_at    timestamptz not null,
  used_at    timestamptz,
  constraint recovery_code_key primary key (account_id, code_no)
);
comment on table recovery_code is 'Codes for whoever has lost the second factor, as keyed digests; each opens once.';

create table passkey_challenge (
  challenge_hash bytea       not null,
  account_id     bigint,
  purpose        text        not null,
  ends_at        timestamptz not null,
  constraint passkey_challenge_key primary key (challenge_hash),
  constraint passkey_challenge_purpose check (purpose in ('enrol', 'sign-in', 'renew'))
);
comment on table passkey_challenge is 'What a passkey is asked to sign, as a digest; taken out when it is answered, gone after five minutes.';

create table password_reset (
  account_id   bigint      not null,
  reset_id     bigint      not null,
  reason       text        not null,
  takes_factor boolean     not null,
  asked_by     text        not null,
  asked_at     timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  code_mac     bytea,
  ends_at      timestamptz not null,
  used_at      timestamptz,
  closed_at    timestamptz,
  constraint password_reset_key primary key (account_id, reset_id),
  constraint password_reset_two_persons check (confirmed_by is null or confirmed_by <> asked_by)
);
comment on table password_reset is 'A new password for somebody else: asked by one administrator, confirmed by another, its code kept as a keyed digest.';

create table sign_in_tally (
  hour    timestamptz not null,
  step    text        not null,
  outcome text        not null,
  count   integer     not null,
  constraint sign_in_tally_key primary key (hour, step, outcome)
);
comment on table sign_in_tally is 'Tries at the door by hour, step and outcome: how many, never whose.';

-- Factors and resets change by an act only. The door reads them to ask for the right step.
grant select, insert, update, delete on totp_factor, passkey, recovery_code to credit_app;
grant select, insert, update on password_reset to credit_app;
grant select on totp_factor, passkey, recovery_code, password_reset to credit_door;
-- A challenge lives five minutes, and a count is no act: the door writes both by itself.
grant select, insert, update, delete on passkey_challenge to credit_app, credit_door;
grant select, insert, update on sign_in_tally to credit_app, credit_door;
