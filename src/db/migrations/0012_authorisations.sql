-- breaking: no
-- A subject lets a named receiver see named data (PIPL 13, 14, 15, 23, 29): the receiver's request, the subject's answer, the authorisation with
-- the consents given apart, its end, the copies that were handed out under it. In force is computed from instants; what ends it is appended.

create table authorisation_request (
  request_id  bigint      not null,
  code_mac    bytea       not null,
  receiver    text        not null,
  actor       text        not null,
  subject_id  bigint,
  purpose     text        not null,
  business_no text        not null,
  classes     text[]      not null,
  days        integer     not null,
  times       integer,
  made_at     timestamptz not null,
  ends_at     timestamptz not null,
  act_id      bigint      not null,
  constraint authorisation_request_key primary key (request_id),
  constraint authorisation_request_code unique (code_mac),
  constraint authorisation_request_days check (days between 1 and 366),
  constraint authorisation_request_times check (times > 0),
  constraint authorisation_request_classes check (cardinality(classes) > 0),
  constraint authorisation_request_span check (ends_at > made_at)
);
create index authorisation_request_receiver on authorisation_request (receiver, request_id desc);
create index authorisation_request_subject on authorisation_request (subject_id, ends_at) where subject_id is not null;
comment on table authorisation_request is 'What a receiver asks a subject for. The code stands in its QR for some minutes; a keyed digest of it is kept. subject_id null: whoever scans it.';

create table authorisation_answer (
  request_id       bigint      not null,
  answer           text        not null,
  subject_id       bigint,
  authorisation_id bigint,
  at               timestamptz not null,
  actor            text        not null,
  act_id           bigint      not null,
  constraint authorisation_answer_key primary key (request_id),
  constraint authorisation_answer_word check (answer in ('granted', 'refused', 'withdrawn')),
  constraint authorisation_answer_granted check ((answer = 'granted') = (authorisation_id is not null)),
  constraint authorisation_answer_subject check ((answer = 'withdrawn') = (subject_id is null))
);
create index authorisation_answer_subject on authorisation_answer (subject_id, at desc) where subject_id is not null;
comment on table authorisation_answer is 'One answer a request: the subject''s yes or no, or the receiver''s own withdrawal. Its key lets nobody answer twice.';

create table authorisation (
  subject_id       bigint      not null,
  authorisation_id bigint      not null,
  request_id       bigint      not null,
  subject_name     text        not null,
  uscc             text,
  receiver         text        not null,
  purpose          text        not null,
  business_no      text        not null,
  classes          text[]      not null,
  times            integer,
  valid_from       timestamptz not null,
  valid_until      timestamptz not null,
  granted_by       text        not null,
  mandate_id       bigint,
  text_edition     text        not null,
  text_digest      bytea       not null,
  text_sealed      bytea       not null,
  act_id           bigint      not null,
  constraint authorisation_key primary key (subject_id, authorisation_id),
  constraint authorisation_span check (valid_until > valid_from),
  constraint authorisation_digest check (octet_length(text_digest) = 32)
);
create index authorisation_receiver on authorisation (receiver, authorisation_id desc);
comment on table authorisation is 'What a subject lets a receiver see, for what, until when. The text it consented to is kept sealed, with its digest and edition, as evidence (PIPL 14).';
comment on column authorisation.subject_name is 'As the receiver may read it: of a person, masked.';
comment on column authorisation.valid_until is 'The first instant at which it is no longer in force.';

create table separate_consent (
  subject_id       bigint      not null,
  authorisation_id bigint      not null,
  class            text        not null,
  given_at         timestamptz not null,
  text_digest      bytea       not null,
  constraint separate_consent_key primary key (subject_id, authorisation_id, class)
);
comment on table separate_consent is 'A consent given apart to one sensitive class (PIPL 29), by the sentence that stood beside its box.';

create table authorisation_end (
  subject_id       bigint      not null,
  authorisation_id bigint      not null,
  at               timestamptz not null,
  actor            text        not null,
  reason           text,
  act_id           bigint      not null,
  constraint authorisation_end_key primary key (subject_id, authorisation_id)
);
comment on table authorisation_end is 'The subject took it back (PIPL 15).';

create table authorisation_use (
  subject_id       bigint      not null,
  authorisation_id bigint      not null,
  reads            integer     not null,
  last_read_at     timestamptz,
  ended_at         timestamptz,
  constraint authorisation_use_key primary key (subject_id, authorisation_id)
);
comment on table authorisation_use is 'How often it was read under, and when it was taken back. A read and a revocation both change this one row, so that one waits for the other.';

create table refused_read (
  subject_id       bigint      not null,
  authorisation_id bigint      not null,
  at               timestamptz not null,
  attempt_id       bigint      not null,
  actor            text        not null,
  reason           text        not null,
  act_id           bigint      not null,
  constraint refused_read_key primary key (subject_id, authorisation_id, at, attempt_id)
);
comment on table refused_read is 'Reads by the receiver that were refused, and why; the subject sees them.';

create table authorised_report (
  subject_id       bigint not null,
  authorisation_id bigint not null,
  report_id        bigint not null,
  constraint authorised_report_key primary key (subject_id, authorisation_id, report_id)
);
comment on table authorised_report is 'Special reports issued to the receiver under an authorisation; its revocation withdraws them.';

create table receiver_notice (
  subject_id       bigint      not null,
  notice_id        bigint      not null,
  authorisation_id bigint      not null,
  receiver         text        not null,
  kind             text        not null,
  at               timestamptz not null,
  act_id           bigint      not null,
  constraint receiver_notice_key primary key (subject_id, notice_id),
  constraint receiver_notice_kind check (kind in ('delete-copies'))
);
create index receiver_notice_receiver on receiver_notice (receiver, notice_id desc);
comment on table receiver_notice is 'What a receiver of copies is asked to do with them (principle 10): delete what it got under an authorisation that was taken back.';

create table receiver_notice_end (
  subject_id bigint      not null,
  notice_id  bigint      not null,
  at         timestamptz not null,
  actor      text        not null,
  act_id     bigint      not null,
  constraint receiver_notice_end_key primary key (subject_id, notice_id)
);
comment on table receiver_notice_end is 'The receiver confirmed that it is done.';

-- Who may do what: the door reads it, changes write it.
grant select on authorisation_request, authorisation_answer, authorisation, separate_consent, authorisation_end, authorisation_use, refused_read,
  authorised_report, receiver_notice, receiver_notice_end to credit_app, credit_door;
grant insert on authorisation_request, authorisation_answer, authorisation, separate_consent, authorisation_end, authorisation_use, refused_read,
  authorised_report, receiver_notice, receiver_notice_end to credit_app;
grant update (ended_at) on authorisation_use to credit_app;
-- A look under an authorisation counts itself in the statement in which it is registered, and is not made where it may not count.
grant select on authorisation, authorisation_use to credit_look;
grant update (reads, last_read_at) on authorisation_use to credit_look;
