-- breaking: no
-- Programs of units: who they are, their keys, their tokens, what they sent once, how often they ask.

create table program (
  program_id   bigint      not null,
  name         text        not null,
  unit         text        not null,
  purpose      text        not null,
  scopes       text[]      not null,
  quota        text        not null,
  networks     text[]      not null,
  ends_on      date        not null,
  proposed_at  timestamptz not null,
  proposed_by  text        not null,
  confirmed_at timestamptz,
  confirmed_by text,
  closed_at    timestamptz,
  closed_by    text,
  constraint program_key primary key (program_id),
  constraint program_two_persons check (confirmed_by <> proposed_by)
);
create index program_of_unit on program (unit);
comment on table program is 'A unit''s system that uses the API: its purpose, scopes, quota, networks and last day; proposed by one person, confirmed by another.';

create table signing_key (
  key_id       text        not null,
  program_id   bigint      not null,
  algorithm    text        not null,
  material     bytea       not null,
  from_at      timestamptz not null,
  until_at     timestamptz,
  made_at      timestamptz not null,
  made_by      text        not null,
  confirmed_at timestamptz,
  confirmed_by text,
  revoked_at   timestamptz,
  constraint signing_key_key primary key (key_id),
  constraint signing_key_algorithm check (algorithm in ('ed25519', 'hmac-sm3')),
  constraint signing_key_two_persons check (confirmed_by <> made_by or made_by = 'program:' || program_id)
);
create index signing_key_of_program on signing_key (program_id, made_at);
comment on table signing_key is 'Keys by which a program signs: the public key (SPKI), or the shared secret, sealed. Several may stand at a time: that is how one is exchanged.';

create table program_token (
  token_hash bytea       not null,
  program_id bigint      not null,
  key_id     text        not null,
  scopes     text[]      not null,
  made_at    timestamptz not null,
  ends_at    timestamptz not null,
  constraint program_token_key primary key (token_hash)
);
create index program_token_end on program_token (ends_at);
comment on table program_token is 'Access tokens by digest (RFC 6749); they end by themselves, with their program, or with a key that was revoked.';

create table spent_nonce (
  digest  bytea       not null,
  ends_at timestamptz not null,
  constraint spent_nonce_key primary key (digest)
);
create index spent_nonce_end on spent_nonce (ends_at);
comment on table spent_nonce is 'What was signed once is taken once: digest of key and nonce, kept until the signature is too old to be taken at all.';

create table quota_count (
  who       text        not null,
  span      text        not null,
  starts_at timestamptz not null,
  count     bigint      not null,
  constraint quota_count_key primary key (who, span, starts_at),
  constraint quota_count_span check (span in ('minute', 'day'))
);
create index quota_count_start on quota_count (span, starts_at);
comment on table quota_count is 'Requests of a caller in a minute and a day, added up over all processes. An address stands as a keyed digest.';

-- Who may do what is changed by acts only. A nonce and a count are no acts: the door itself writes them, before it knows whether anything else is done.
grant select on program, signing_key, program_token to credit_door;
grant select, insert on spent_nonce to credit_door;
grant select, insert, update on quota_count to credit_door;
grant select, insert, update on program, signing_key to credit_app;
grant select, insert, delete on program_token, spent_nonce to credit_app;
grant select, insert, update, delete on quota_count to credit_app;
