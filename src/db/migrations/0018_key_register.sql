-- Making, wrapping and retiring a key are acts of the log (entity `keys`). What the log knows of each key stands here, so that a key that appears,
-- changes or disappears in the folder is noticed at the next start, however that came about.
create table key_register (
  key_id     text        not null,
  kind       text        not null,
  purpose    text,
  suite      text        not null,
  made_at    timestamptz not null,
  made_by    text        not null,
  use_from   timestamptz,
  wrapped_by text,
  entered_at timestamptz not null,
  gone_at    timestamptz,
  act_id     bigint      not null,
  constraint key_register_key primary key (key_id),
  constraint key_register_kind check (kind in ('key', 'master-key'))
);
comment on table key_register is 'Keys as the log knows them, never their secrets: what for, made when and by whom, under which master key, gone since when.';
grant select on key_register to credit_door, credit_app;
grant insert on key_register to credit_app;
grant update (wrapped_by, gone_at, act_id) on key_register to credit_app;
