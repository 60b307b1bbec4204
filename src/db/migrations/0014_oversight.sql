-- breaking: no
-- Who watches those who look: looks of which the subject hears later, and looking that stands out.

create table look_delay (
  delay_id    bigint      not null,
  unit        text        not null,
  business_no text        not null,
  ground      text        not null,
  reason      text        not null,
  until       date        not null,
  asked_by    text        not null,
  asked_at    timestamptz not null,
  act_id      bigint      not null,
  constraint look_delay_key primary key (delay_id)
);
create index look_delay_of on look_delay (unit, business_no);
comment on table look_delay is 'A unit asks that a subject hears later of looks under one business number: ground, reason, last day. Without another person''s approval it has no effect.';

create table look_delay_decision (
  delay_id bigint      not null,
  approved boolean     not null,
  reason   text        not null,
  actor    text        not null,
  at       timestamptz not null,
  act_id   bigint      not null,
  constraint look_delay_decision_key primary key (delay_id)
);
create table look_delay_end (
  delay_id bigint      not null,
  reason   text        not null,
  actor    text        not null,
  at       timestamptz not null,
  act_id   bigint      not null,
  constraint look_delay_end_key primary key (delay_id)
);
comment on table look_delay_decision is 'Who decided on a delay, another person than who asked; from this instant on looks under the number are told later.';
comment on table look_delay_end is 'A delay ended before its last day: what was looked at is told from now on.';

create function is_delayed(looked_unit text, looked_business_no text, looked_at timestamptz, today date) returns boolean
  language sql stable parallel safe security definer set search_path = public, pg_temp
  as $$ select exists (select from look_delay d join look_delay_decision c using (delay_id) left join look_delay_end e using (delay_id)
    where d.unit = looked_unit and d.business_no = looked_business_no and c.approved and looked_at >= c.at and d.until >= today and e.delay_id is null) $$;
comment on function is_delayed(text, text, timestamptz, date) is 'Whether the subject does not hear of this look yet. It does on the day after the last, at the latest; a look before the approval is never delayed.';

create table look_alert (
  alert_id  bigint      not null,
  rule      text        not null,
  actor     text        not null,
  unit      text        not null,
  looked_on date        not null,
  count     integer     not null,
  at_least  integer     not null,
  receipts  text[]      not null,
  found_at  timestamptz not null,
  act_id    bigint      not null,
  constraint look_alert_key primary key (alert_id),
  constraint look_alert_once unique (rule, actor, unit, looked_on)
);
create index look_alert_found on look_alert (found_at desc, alert_id desc);
create index look_alert_actor on look_alert (actor, alert_id desc);
comment on table look_alert is 'Looking that stood out on a day: by which rule, whose, how often, the receipts of some looks. What was looked at stands in the register alone.';

create table look_alert_step (
  alert_id bigint      not null,
  step_no  integer     not null,
  step     text        not null,
  text     text        not null,
  due_on   date,
  actor    text        not null,
  at       timestamptz not null,
  act_id   bigint      not null,
  constraint look_alert_step_key primary key (alert_id, step_no),
  constraint look_alert_step_word check (step in ('asked', 'explained', 'justified', 'breach'))
);
comment on table look_alert_step is 'The auditor asks for an explanation (due_on null: the calendar of the year is not published), the one who looked explains, the auditor closes.';

grant select on look_delay, look_delay_decision, look_delay_end, look_alert, look_alert_step to credit_door, credit_app;
grant insert on look_delay, look_delay_decision, look_delay_end, look_alert, look_alert_step to credit_app;
revoke execute on function is_delayed(text, text, timestamptz, date) from public;
grant execute on function is_delayed(text, text, timestamptz, date) to credit_look, credit_app;
