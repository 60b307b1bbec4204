-- When the term of an authorisation is over its receiver is asked to delete its copies, as when it is taken back (PIPL 47). The clock notes
-- which ends it has seen, so that each is asked about once; no read is counted after that.
alter table authorisation_use add column term_ended_at timestamptz;
comment on column authorisation_use.term_ended_at is 'When the clock saw that the term is over; null: in force, or taken back before. From then on nothing is read.';
create index authorisation_use_standing on authorisation_use (subject_id, authorisation_id) where ended_at is null and term_ended_at is null;
grant update (term_ended_at) on authorisation_use to credit_app;
comment on table receiver_notice is 'What a receiver of copies is asked to do with them (principle 10): delete what it got under an authorisation that was taken back or is over.';
