-- breaking: yes
-- (a program that does not know pub.checkpoint would sign checkpoints that are never published)
-- What the sender of a row is told although the row is taken; the log's signed checkpoints and public keys, for everybody.

create table warning (
  delivery_id bigint  not null,
  row_no      integer not null,
  warning_no  integer not null,
  column_no   integer,
  column_name text,
  code        text    not null,
  basis       text,
  facts       jsonb   not null,
  constraint warning_key primary key (delivery_id, row_no, warning_no)
);
comment on table warning is 'What the sender of a row that was taken should look at: row, column, code, rule, facts for the sentence. No personal value.';
alter table delivery_chunk add column warned integer not null default 0;
comment on column delivery_chunk.warned is 'Rows with a warning, whatever their outcome.';
grant select, insert on warning to credit_app;

create table pub.checkpoint (
  size bigint      not null,
  at   timestamptz not null,
  note text        not null,
  constraint pub_checkpoint_key primary key (size)
);
comment on table pub.checkpoint is 'The log''s signed checkpoints: who keeps one can show later that nothing before it was rewritten.';
create table pub.log_key (
  verifier  text not null,
  algorithm text not null,
  pem       text not null,
  constraint pub_log_key_key primary key (verifier)
);
comment on table pub.log_key is 'Public keys of the log, older ones too: as auditors exchange them (C2SP vkey), and as PEM.';
insert into pub.checkpoint (size, at, note) select size, at, note from checkpoint;
grant select, insert on pub.checkpoint, pub.log_key to credit_app;
grant select on pub.checkpoint, pub.log_key to credit_portal, credit_reader;
