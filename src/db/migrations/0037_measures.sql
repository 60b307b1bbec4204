-- breaking: no
-- Measures: what a list entry or an effective decision brings about for its subject, as a prompt to the officers of the body that the statute names.
-- A row has seven parts: ground, statute, body, officer, served notice, end, remedy. The database refuses one that lacks any of them.
create table measure (
  subject_id bigint not null,
  case_id bigint not null,
  number text not null,
  measure text not null,
  record_id bigint not null,
  decided_on date not null,
  statutes text[] not null,
  body text not null,
  initiator text not null,
  officer text not null,
  confirmed_by text not null,
  notice_id bigint not null,
  served_on date not null,
  answer_until date not null,
  from_day date not null,
  term text not null,
  until_day date,
  until_event text,
  review_on date not null,
  remedies text[] not null,
  act_id bigint not null,
  constraint measure_key primary key (subject_id, case_id),
  constraint measure_ground foreign key (subject_id, decided_on, record_id) references fact (subject_id, decided_on, fact_id),
  constraint measure_statute check (cardinality(statutes) > 0 and array_position(statutes, null) is null and array_position(statutes, '') is null),
  constraint measure_body check (body <> ''),
  constraint measure_officer check (officer <> '' and confirmed_by <> '' and officer <> confirmed_by),
  constraint measure_notice foreign key (subject_id, notice_id) references notice (subject_id, notice_id),
  constraint measure_heard check (served_on <= answer_until and answer_until < from_day),
  constraint measure_term check (case term when 'day' then until_day is not null when 'event' then coalesce(until_event, '') <> '' when 'life' then until_day is null and until_event is null else false end),
  constraint measure_term_after check (until_day >= from_day),
  constraint measure_review check (review_on > from_day),
  constraint measure_remedy check (remedies @> array['reconsideration', 'suit'])
);
comment on table measure is 'A measure with its seven parts: the record on which it rests (its subject''s own: the key to fact says so), the articles, the body, two officers, the notice that was served with the time to answer, the end with a review day, the remedies. It restricts nobody by itself.';
comment on column measure.measure is 'The row of law/measures.yaml.';
comment on column measure.record_id is 'The list entry or effective decision on which it rests.';
comment on column measure.until_day is 'The last day; of an event the day on which the list entry ends, where it says one.';
create index measure_of_record on measure (subject_id, record_id);
create index measure_of_body on measure (body, case_id desc);
create index measure_of_initiator on measure (initiator, case_id desc);
grant select, insert on measure to credit_app;
grant select on measure to credit_look;
grant select (subject_id, case_id, number, measure, body, initiator, from_day, term, until_day, until_event, review_on) on measure to credit_door;

create table measure_end (
  subject_id bigint not null,
  case_id bigint not null,
  at timestamptz not null,
  on_day date not null,
  because text not null,
  act_id bigint not null,
  constraint measure_end_key primary key (subject_id, case_id),
  constraint measure_end_because check (because in ('term-over', 'lift', 'annul', 'ground-gone'))
);
comment on table measure_end is 'That a measure has ended, and why; written in the transaction that takes away what it rests on, too.';
grant select, insert on measure_end to credit_app;
grant select on measure_end to credit_look;
grant select (subject_id, case_id, at, on_day, because) on measure_end to credit_door;

create table measure_answer (
  subject_id bigint not null,
  case_id bigint not null,
  answer_id bigint not null,
  round integer not null,
  unit text not null,
  actor text not null,
  purpose text not null,
  business_no text not null,
  answer text not null,
  sealed bytea,
  at timestamptz not null,
  on_day date not null,
  act_id bigint not null,
  constraint measure_answer_key primary key (subject_id, case_id, answer_id),
  constraint measure_answer_once unique (subject_id, case_id, unit, business_no, round),
  constraint measure_answer_kind check (answer in ('apply', 'hold', 'release')),
  constraint measure_answer_reason check (answer = 'apply' or sealed is not null)
);
comment on table measure_answer is 'What a named officer did with a measure in the matter before him: applied it, held it, or released the matter from it. The reason is sealed (aad measure_answer:<answer_id>).';
grant select, insert on measure_answer to credit_app;
grant select on measure_answer to credit_look;
grant select (subject_id, case_id, answer_id, unit, answer, at, on_day) on measure_answer to credit_door;

create index case_file_measure on case_file (subject_id) where about = 'measure';

create table pub.measure_figure (
  grouped_by text not null,
  id text not null,
  name text not null,
  initiated integer not null,
  responded integer not null,
  declined integer not null,
  begun integer not null,
  in_force integer not null,
  ended integer not null,
  overdue integer not null,
  median_days integer,
  made_at timestamptz not null,
  constraint measure_figure_key primary key (grouped_by, id),
  constraint measure_figure_grouped check (grouped_by in ('all', 'measure', 'unit')),
  constraint measure_figure_cell check (initiated >= 5)
);
comment on table pub.measure_figure is 'What became of the measures that were asked for, in all, by measure and by unit; what is too little to stand alone stands together (id empty). Names nobody.';
grant select, insert, update, delete on pub.measure_figure to credit_app;
grant select on pub.measure_figure to credit_portal, credit_reader;
grant select on pub.measure_figure to credit_door, credit_look;
