-- breaking: no
-- Signing in through a unified identity (OpenID Connect): who is bound to which account, sign-ins on their way, invitations, logout tokens.

create table federated_person (
  binding_id   bigint      not null,
  provider     text        not null,
  person_index text        not null,
  holder       text        not null,
  account_id   bigint      not null,
  bound_by     text        not null,
  bound_at     timestamptz not null,
  act_id       bigint      not null,
  ended_at     timestamptz,
  constraint federated_person_key primary key (binding_id),
  constraint federated_person_holder check (holder in ('staff', 'subject')),
  constraint federated_person_by check (bound_by in ('claims', 'employee-number', 'invitation'))
);
create unique index federated_person_once on federated_person (provider, person_index, holder) where ended_at is null;
create unique index federated_person_staff on federated_person (provider, account_id) where ended_at is null and holder = 'staff';
comment on table federated_person is 'Who comes through a provider of unified identity: its stable id as a keyed index only, and the account it opens. For whom that account speaks stands in mandate.';
comment on column federated_person.person_index is 'Hex of the blind index over provider and the person''s id there. The id itself is kept nowhere.';

create table identity_request (
  state_digest   bytea       not null,
  provider       text        not null,
  door           text        not null,
  back           text        not null,
  browser_digest bytea       not null,
  invitation_id  bigint,
  sealed         bytea       not null,
  made_at        timestamptz not null,
  ends_at        timestamptz not null,
  constraint identity_request_key primary key (state_digest),
  constraint identity_request_door check (door in ('staff', 'subjects'))
);
create index identity_request_end on identity_request (ends_at);
comment on table identity_request is 'Sign-ins on their way to a provider and back: taken once, within ten minutes, by the browser that began them. `sealed`: nonce and PKCE verifier.';

create table identity_invitation (
  invitation_id bigint      not null,
  code_digest   bytea       not null,
  provider      text        not null,
  account_id    bigint      not null,
  made_at       timestamptz not null,
  made_by       text        not null,
  ends_at       timestamptz not null,
  used_at       timestamptz,
  constraint identity_invitation_key primary key (invitation_id),
  constraint identity_invitation_code unique (code_digest)
);
comment on table identity_invitation is 'An administrator''s word that whoever holds the code may bind a provider''s identity to this staff account, once.';

create table logout_token (
  provider   text        not null,
  jti_digest bytea       not null,
  ends_at    timestamptz not null,
  constraint logout_token_key primary key (provider, jti_digest)
);
create index logout_token_end on logout_token (ends_at);
comment on table logout_token is 'Back-channel logout tokens that were obeyed, for as long as they could be sent again.';

create table federated_session (
  session_id       bigint      not null,
  provider         text        not null,
  provider_person  text        not null,
  provider_session text,
  id_token         bytea       not null,
  made_at          timestamptz not null,
  constraint federated_session_key primary key (session_id)
);
create index federated_session_person on federated_session (provider, provider_person);
create index federated_session_session on federated_session (provider, provider_session) where provider_session is not null;
comment on table federated_session is 'What a session that began at a provider keeps of it: what a logout token names, and the ID token, sealed, that signing out there wants back. Swept soon after its session has ended.';
comment on column federated_session.provider_person is 'Hex of the blind index over provider and `sub`.';
comment on column federated_session.provider_session is 'The same over the provider''s `sid`.';

-- A person who signs in with a sufficient real name and of whom nothing was reported yet is a subject from then on.
alter table subject drop constraint subject_origin;
alter table subject add constraint subject_origin check (origin in ('registered', 'reported', 'window', 'signed-in'));

grant select on federated_person, identity_invitation to credit_door;
grant select, insert on federated_person, identity_invitation to credit_app;
grant update (ended_at) on federated_person to credit_app;
grant update (used_at) on identity_invitation to credit_app;
-- A challenge and its answer are no act: the door writes and takes them by itself.
grant select, insert, delete on identity_request to credit_app, credit_door;
grant select, insert, delete on logout_token, federated_session to credit_app;
grant select on federated_session to credit_door;
