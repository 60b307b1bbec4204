-- breaking: yes
-- (a program that knows no such facts would show what was repaired)
-- What cases and subjects say about a record is a fact as any other: it stands with the record's own in one range, it is committed to and its leaf
-- is in the log, and the two time axes and the retention command treat it alike. These tables are the register beside it: which standings and
-- statements are open, so that none is opened or ended twice. Nothing has been told yet: no procedure has run.

drop view known_fact;
alter table fact drop constraint fact_kind;
alter table fact add constraint fact_kind
  check (kind in ('record', 'correction', 'annulment', 'gravity', 'standing', 'standing-end', 'comment', 'comment-end'));

alter table record_standing drop column item;
alter table record_standing_end drop column item;
alter table subject_comment drop column item, drop column text;
alter table subject_comment_end drop column item;
comment on table record_standing is 'What a case has made of a record, until it is ended. Its number is that of the fact that readers see; what takes away stops at every outlet in its transaction.';
comment on table subject_comment is 'That a subject has a statement of its own beside a record (主体说明). What it says is the content of the fact of the same number.';
comment on column record_standing_end.end_id is 'The fact that tells of it.';
comment on column subject_comment_end.end_id is 'The fact that tells of it.';
revoke select on record_standing, record_standing_end, subject_comment, subject_comment_end from credit_look;

create or replace function end_contents(certificate bigint) returns void
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  insert into frozen_content select c.* from retention_receipt e join fact_content c on c.subject_id = e.subject_id and c.fact_id = e.ref
    where e.certificate_id = certificate and e.kind = 'fact' and e.action = 'freeze';
  delete from fact_content c using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'fact' and c.subject_id = e.subject_id and c.fact_id = e.ref;
  delete from frozen_content c using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'frozen-fact' and c.subject_id = e.subject_id and c.fact_id = e.ref;
  update delivery_chunk c set kept_rows = '' from retention_receipt e
    where e.certificate_id = certificate and e.kind = 'kept-rows' and c.delivery_id = e.ref and c.chunk_no = e.part;
  update waiting_row w set sealed = '' from retention_receipt e
    where e.certificate_id = certificate and e.kind = 'waiting-row' and w.waiting_id = e.ref and w.decided_at is not null;
  delete from look l using retention_receipt e join ledger_batch b on b.batch_id = e.ref and b.kind = 'look'
    where e.certificate_id = certificate and e.kind = 'look-batch' and l.at = b.at and l.batch_id = b.batch_id;
  delete from look_miss l using retention_receipt e join ledger_batch b on b.batch_id = e.ref and b.kind = 'look'
    where e.certificate_id = certificate and e.kind = 'look-batch' and l.at = b.at and l.batch_id = b.batch_id;
  delete from rights_text t using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'rights-text' and t.subject_id = e.subject_id and t.request_id = e.ref;
end $$;
