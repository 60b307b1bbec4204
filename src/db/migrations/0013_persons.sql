-- breaking: yes
-- (a program that does not know retention_receipt would call a content that went on its day a flaw of the log)
-- Rights of people over what is kept of them; retention with receipts and certificates; impact assessments and the gates they open.

-- Retention ------------------------------------------------------------------------------------------------------------
create table retention_certificate (
  certificate_id bigint      not null,
  rule           text        not null,
  action         text        not null,
  counted        bigint      not null,
  made_at        timestamptz not null,
  made_on        date        not null,
  body           text        not null,
  signatures     text        not null,
  batch_id       bigint      not null,
  leaf_no        integer     not null,
  constraint retention_certificate_key primary key (certificate_id),
  constraint retention_certificate_action check (action in ('delete', 'freeze')),
  constraint retention_certificate_counted check (counted > 0)
);
comment on table retention_certificate is 'What went on its day: rule, how many, which days, signed with the log''s key. The body is a leaf of the log.';

create table retention_receipt (
  subject_id     bigint      not null,
  kind           text        not null,
  ref            bigint      not null,
  part           integer     not null,
  action         text        not null,
  due_on         date        not null,
  at             timestamptz not null,
  certificate_id bigint      not null,
  batch_id       bigint      not null,
  leaf_no        integer     not null,
  constraint retention_receipt_key primary key (subject_id, kind, ref, part),
  constraint retention_receipt_kind check (kind in ('fact', 'frozen-fact', 'kept-rows', 'waiting-row', 'look-batch', 'rights-text', 'report-file')),
  constraint retention_receipt_action check (action in ('delete', 'freeze')),
  -- Nothing goes before its day, whoever calls.
  constraint retention_receipt_due check (due_on <= (at at time zone 'Asia/Shanghai')::date),
  constraint retention_receipt_frozen check (action = 'delete' or kind = 'fact')
);
create index retention_receipt_certificate on retention_receipt (certificate_id);
create index retention_receipt_looks on retention_receipt (ref) where kind = 'look-batch';
comment on table retention_receipt is 'That a content went, under which certificate; stays for ever. subject_id 0 where it is about no one subject.';

create table frozen_content (like fact_content);
alter table frozen_content add constraint frozen_content_key primary key (subject_id, fact_id);
comment on table frozen_content is 'Contents of facts past their retention that are kept for courts and audit alone. No outlet reads it.';

-- The first condition of a daily search for what is due; contents come in roughly in the order of their days.
create index fact_content_decided on fact_content using brin (decided_on);

create function end_contents(certificate bigint) returns void language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function end_contents is 'Takes away what the receipts of a certificate name, and nothing else: the one way by which an append-only row goes.';

-- Rights ---------------------------------------------------------------------------------------------------------------
create table rights_request (
  subject_id   bigint      not null,
  request_id   bigint      not null,
  number       text        not null,
  kind         text        not null,
  asked_by     text        not null,
  asked_at     timestamptz not null,
  asked_on     date        not null,
  working_days integer     not null,
  fact_id      bigint,
  look_receipt text,
  unit         text,
  closed_at    timestamptz,
  act_id       bigint      not null,
  constraint rights_request_key primary key (subject_id, request_id),
  constraint rights_request_kind check (kind in ('access', 'copy', 'portability', 'correction', 'deletion', 'restriction', 'explanation', 'look-complaint'))
);
create index rights_request_open on rights_request (asked_on, request_id) where closed_at is null;
create index rights_request_listed on rights_request (request_id desc);
comment on table rights_request is 'What a subject asks for about itself, and the days within which it is answered. The due day is computed: working days of a year may not be known yet.';

create table rights_entry (
  subject_id bigint      not null,
  request_id bigint      not null,
  entry_no   integer     not null,
  step       text        not null,
  actor      text        not null,
  unit       text,
  at         timestamptz not null,
  days       integer,
  ground     text,
  record_ids bigint[]    not null default '{}',
  act_id     bigint      not null,
  constraint rights_entry_key primary key (subject_id, request_id, entry_no),
  constraint rights_entry_step check (step in ('lodged', 'extended', 'routed', 'proposed', 'returned', 'granted', 'refused', 'withdrawn')),
  constraint rights_entry_ground check (step <> 'proposed' or ground is not null)
);
comment on table rights_entry is 'The steps of a request, appended. What was written stands apart, sealed, in rights_text.';

create table rights_text (
  subject_id bigint  not null,
  request_id bigint  not null,
  entry_no   integer not null,
  sealed     bytea   not null,
  constraint rights_text_key primary key (subject_id, request_id, entry_no)
);
comment on table rights_text is 'What the subject wrote and what it was answered, sealed. Goes with its retention; the steps stay.';

-- Gates ----------------------------------------------------------------------------------------------------------------
create table impact_assessment (
  assessment_id bigint      not null,
  function_row  text        not null,
  basis         text        not null,
  purpose       text        not null,
  necessity     text        not null,
  effects       text        not null,
  measures      text        not null,
  author        text        not null,
  author_unit   text,
  made_at       timestamptz not null,
  act_id        bigint      not null,
  constraint impact_assessment_key primary key (assessment_id),
  constraint impact_assessment_whole unique (assessment_id, function_row, author)
);
comment on table impact_assessment is 'Impact assessments on the protection of personal information (PIPL 55, 56). Kept at least three years.';

create table gate_sign_off (
  assessment_id bigint      not null,
  function_row  text        not null,
  author        text        not null,
  signed_by     text        not null,
  signer_unit   text,
  statement     text        not null,
  signed_at     timestamptz not null,
  act_id        bigint      not null,
  constraint gate_sign_off_key primary key (assessment_id),
  constraint gate_sign_off_whole unique (assessment_id, function_row),
  constraint gate_sign_off_other check (signed_by <> author),
  constraint gate_sign_off_of foreign key (assessment_id, function_row, author) references impact_assessment (assessment_id, function_row, author)
);
comment on table gate_sign_off is 'That another person than the author stands for an assessment; published on the portal.';

create table gate (
  gate_id       bigint      not null,
  function_row  text        not null,
  assessment_id bigint      not null,
  opened_by     text        not null,
  opened_at     timestamptz not null,
  valid_from    date        not null,
  valid_until   date        not null,
  act_id        bigint      not null,
  constraint gate_key primary key (gate_id),
  constraint gate_span check (valid_until >= valid_from),
  -- A switch without an assessment that another person has signed for cannot be written.
  constraint gate_signed foreign key (assessment_id, function_row) references gate_sign_off (assessment_id, function_row)
);
create index gate_of_function on gate (function_row, gate_id desc);
comment on table gate is 'That a function of the register is switched on, from a day to a day. Off is the absence of a row whose days reach today.';

create table gate_end (
  gate_id  bigint      not null,
  ended_at timestamptz not null,
  ended_by text        not null,
  reason   text        not null,
  act_id   bigint      not null,
  constraint gate_end_key primary key (gate_id)
);
comment on table gate_end is 'A switch that was closed before its day.';

create table compliance_check (
  check_id bigint      not null,
  at       timestamptz not null,
  actor    text        not null,
  results  jsonb       not null,
  act_id   bigint      not null,
  constraint compliance_check_key primary key (check_id)
);
comment on table compliance_check is 'What the self-check found, count by count (M462, M465). No personal value.';

create table pub.gate (
  gate_id      bigint      not null,
  function_row text        not null,
  basis        text        not null,
  purpose      text        not null,
  necessity    text        not null,
  effects      text        not null,
  measures     text        not null,
  author_unit  text,
  signer_unit  text,
  statement    text        not null,
  signed_at    timestamptz not null,
  valid_from   date        not null,
  valid_until  date        not null,
  ended_at     timestamptz,
  constraint pub_gate_key primary key (gate_id)
);
comment on table pub.gate is 'Switches that were opened, with their assessment and sign-off, for everybody to read.';

-- Grants -----------------------------------------------------------------------------------------------------------------
grant select, insert on retention_certificate, retention_receipt, rights_request, rights_entry, rights_text, impact_assessment, gate_sign_off,
  gate, gate_end, compliance_check to credit_app;
grant update (closed_at) on rights_request to credit_app;
-- Written by end_contents alone.
grant select on frozen_content to credit_app, credit_look;
grant execute on function end_contents(bigint) to credit_app;
-- The door's own: who asked for what and until when, what stands in the registers. Not what was written, not what went.
grant select on retention_certificate, rights_request, rights_entry, impact_assessment, gate_sign_off, gate, gate_end, compliance_check to credit_door;
grant select on rights_text to credit_look;
grant select, insert on pub.gate to credit_app;
grant update (ended_at) on pub.gate to credit_app;
grant select on pub.gate to credit_portal, credit_reader;
