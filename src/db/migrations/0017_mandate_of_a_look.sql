-- breaking: no
-- A look says by which mandate somebody looked for a subject; a look that found nobody is found by its receipt.

alter table look add column mandate_id bigint;
alter table look_miss add column mandate_id bigint;
comment on column look.mandate_id is 'The mandate by which whoever looked spoke for a subject; null: an officer, a program, anyone, or registered before it was kept.';
comment on column look_miss.mandate_id is 'As in look.';
create index look_miss_receipt on look_miss (receipt);
