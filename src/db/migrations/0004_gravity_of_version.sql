-- breaking: yes
-- An officer's class is an answer about one version of a penalty: the question names the version, and may be put once about each.

alter table waiting_row add column head_id bigint;
comment on column waiting_row.fact_id is 'A question of class: the record it is about.';
comment on column waiting_row.head_id is 'A question of class: the version of the record that it shows.';
-- Earlier questions named the record alone. Taken as about its first version, an answer lapses where that version has another class to ask for.
update waiting_row set head_id = fact_id where reason = 'penalty.gravity-open';

drop index waiting_row_gravity;
create unique index waiting_row_gravity on waiting_row (fact_id, head_id) where reason = 'penalty.gravity-open';
create index waiting_row_gravity_of on waiting_row (subject_id) where reason = 'penalty.gravity-open' and decided_at is null;

alter table waiting_decision drop constraint waiting_decision_word;
alter table waiting_decision add constraint waiting_decision_word
  check (decision in ('same', 'new', 'returned', 'undone', 'gravity', 'overtaken'));
comment on column waiting_decision.decision is 'overtaken: by the platform itself, the record has changed or no longer needs a class.';
