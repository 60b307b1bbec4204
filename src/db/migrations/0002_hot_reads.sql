-- breaking: yes
-- What the two hottest reads need stands where they read.

-- Provenance beside the content: an archive is one range scan, whatever months its records are of. The skeleton in `fact` stays what the
-- ledger vouches for; the copy goes when the content goes.
alter table fact_content
  add column report_due_on date,
  add column delivery_id bigint,
  add column row_no integer,
  add column row_hash bytea,
  add column matched_by text,
  add column commitment bytea;
update fact_content c set report_due_on = f.report_due_on, delivery_id = f.delivery_id, row_no = f.row_no, row_hash = f.row_hash,
    matched_by = f.matched_by, commitment = f.commitment
  from fact f where f.subject_id = c.subject_id and f.decided_on = c.decided_on and f.fact_id = c.fact_id;
alter table fact_content
  alter column delivery_id set not null,
  alter column row_no set not null,
  alter column row_hash set not null,
  alter column matched_by set not null,
  alter column commitment set not null;
comment on table fact_content is 'What a fact says. Only the retention command deletes here. Copies of the skeleton''s times and of its origin let one range scan read a whole archive.';

-- A subject's page as the portal sends it, drawn where its records are published and gone with the first of them that is withdrawn.
create table pub.subject_page (
  subject_id bigint not null,
  stamp      text   not null,
  good_from  date   not null,
  good_until date,
  heading    text   not null,
  body       text   not null,
  constraint pub_subject_page_key primary key (subject_id)
);
-- Pages are read far more often than written; where the server knows no lz4 its own compression stays.
do $$ begin
  alter table pub.subject_page alter column body set compression lz4;
exception when feature_not_supported then null;
end $$;
comment on table pub.subject_page is 'Drawn pages. stamp: of the words, the law and the program that drew them. A page of another stamp, before good_from or after good_until is not sent; the portal then draws by itself.';
grant select on pub.subject_page to credit_portal, credit_reader;
grant select, insert, delete on pub.subject_page to credit_app;
