-- breaking: yes
-- (a program that does not read what has become of a record would show what was repaired)
-- What a case makes of a record (principle 3): contested, suspended, repaired, annulled, removed from its list; and the subject's own statement
-- beside it. Both are appended and ended by an appended row. Whoever reads what is known of a subject reads them with its facts.

create table record_standing (
  subject_id  bigint      not null,
  standing_id bigint      not null,
  record_id   bigint      not null,
  item        text        not null,
  kind        text        not null,
  case_id     bigint      not null,
  round       smallint    not null,
  from_at     timestamptz not null,
  from_day    date        not null,
  basis       text        not null,
  act_id      bigint      not null,
  constraint record_standing_key primary key (subject_id, standing_id),
  constraint record_standing_once unique (subject_id, record_id, kind, case_id, round),
  constraint record_standing_kind check (kind in ('contested', 'suspended', 'repaired', 'annulled', 'removed')),
  constraint record_standing_round check (round >= 0)
);
comment on table record_standing is 'What a case has made of a record, until it is ended. What takes away stops at every outlet in the transaction of its row.';
comment on column record_standing.item is 'The record''s, so that whoever reads facts of some items finds it with them.';
comment on column record_standing.round is 'How often the same case had made the same of the record, and ended it: while one is open, a second would have its number.';
comment on column record_standing.basis is 'The article, `instrument#article`.';

create table record_standing_end (
  subject_id  bigint      not null,
  standing_id bigint      not null,
  end_id      bigint      not null,
  item        text        not null,
  at          timestamptz not null,
  on_day      date        not null,
  because     text        not null,
  act_id      bigint      not null,
  constraint record_standing_end_key primary key (subject_id, standing_id)
);
comment on table record_standing_end is 'A standing is over: an objection closed, a repair taken back, a stay lifted. Its key lets nobody end one twice.';
comment on column record_standing_end.because is 'A code with its sentence, never the words of a person.';

create table subject_comment (
  subject_id bigint      not null,
  comment_id bigint      not null,
  record_id  bigint      not null,
  item       text        not null,
  round      smallint    not null,
  text       text        not null,
  at         timestamptz not null,
  on_day     date        not null,
  actor      text        not null,
  act_id     bigint      not null,
  constraint subject_comment_key primary key (subject_id, comment_id),
  constraint subject_comment_once unique (subject_id, record_id, round),
  constraint subject_comment_text check (text <> ''),
  constraint subject_comment_round check (round >= 0)
);
comment on table subject_comment is 'The subject''s own statement beside a record (主体说明), shown where the record is shown. Made to be read by everybody; it goes with the record''s content.';

create table subject_comment_end (
  subject_id bigint      not null,
  comment_id bigint      not null,
  end_id     bigint      not null,
  item       text        not null,
  at         timestamptz not null,
  on_day     date        not null,
  actor      text        not null,
  act_id     bigint      not null,
  constraint subject_comment_end_key primary key (subject_id, comment_id)
);
comment on table subject_comment_end is 'The subject took its statement back, or wrote another one in its place.';

-- In the order of fact_content. What is told about a record has the day and the instant from which it counts, and names what it is about.
create view known_fact as
  select subject_id, fact_id, decided_on, item, edition, authority, kind, replaces, known_from, received_on, content,
    report_due_on, delivery_id, row_no, row_hash, matched_by, commitment from fact_content
  union all
  select subject_id, standing_id, from_day, item, '', '', 'standing', record_id, from_at, from_day,
    json_build_object('kind', kind, 'case', case_id::text, 'basis', basis), null, 0, 0, '', '', '' from record_standing
  union all
  select subject_id, end_id, on_day, item, '', '', 'standing-end', standing_id, at, on_day,
    json_build_object('because', because), null, 0, 0, '', '', '' from record_standing_end
  union all
  select subject_id, comment_id, on_day, item, '', '', 'comment', record_id, at, on_day,
    json_build_object('text', text), null, 0, 0, '', '', '' from subject_comment
  union all
  select subject_id, end_id, on_day, item, '', '', 'comment-end', comment_id, at, on_day, '{}', null, 0, 0, '', '', '' from subject_comment_end;
comment on view known_fact is 'What is known of subjects, as it is read: facts as they were sent, and what cases and the subjects themselves have said about them since.';

grant select on record_standing, record_standing_end, subject_comment, subject_comment_end to credit_app;
grant insert on record_standing, record_standing_end, subject_comment, subject_comment_end to credit_app;
grant select on record_standing, record_standing_end, subject_comment, subject_comment_end to credit_look;
grant select on known_fact to credit_app, credit_look;

create or replace function end_contents(certificate bigint) returns void
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  insert into frozen_content select c.* from retention_receipt e join fact_content c on c.subject_id = e.subject_id and c.fact_id = e.ref
    where e.certificate_id = certificate and e.kind = 'fact' and e.action = 'freeze';
  delete from fact_content c using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'fact' and c.subject_id = e.subject_id and c.fact_id = e.ref;
  -- What its subject said beside a record goes with it.
  delete from subject_comment c using retention_receipt e
    where e.certificate_id = certificate and e.kind = 'fact' and c.subject_id = e.subject_id and c.record_id = e.ref;
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
