-- breaking: yes
-- (a program that knows of no activation would make accounts with a password that somebody else chose)
-- First passwords: an account is opened without one. Its owner sets it with a one-time code, and until then no role of the account is in force.

alter table account alter column password drop not null;
alter table account add column activated_at timestamptz;
-- Accounts from before have a password: they are activated since they were made.
update account set activated_at = made_at;
alter table account add constraint account_password_of_owner check (password is null or activated_at is not null);
comment on column account.password is 'argon2id; null: nobody has a password to it.';
comment on column account.activated_at is 'When its owner first set a password, or came by a unified identity; null: nobody has come yet, and no role is in force.';

create table first_code (
  account_id bigint      not null,
  code_no    integer     not null,
  code_mac   bytea       not null,
  mac_key    text        not null,
  issued_by  text        not null,
  issued_at  timestamptz not null,
  ends_at    timestamptz not null,
  used_at    timestamptz,
  closed_at  timestamptz,
  constraint first_code_key primary key (account_id, code_no),
  constraint first_code_end check (num_nonnulls(used_at, closed_at) < 2)
);
create unique index first_code_open on first_code (account_id) where used_at is null and closed_at is null;
comment on table first_code is 'Codes with which the owner of a new account sets its first password, as keyed digests: said once, used once, over on their day.';
comment on column first_code.mac_key is 'The id of the key that made code_mac.';
comment on column first_code.closed_at is 'When a later code, a reset or a sign-in by a unified identity took its place.';

-- The door reads a code to compare it; issued, used and closed by acts only.
grant select on first_code to credit_door, credit_app;
grant insert on first_code to credit_app;
grant update (used_at, closed_at) on first_code to credit_app;
