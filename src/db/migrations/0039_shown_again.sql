-- breaking: no
-- What was taken away may stand again: a stay is lifted, a repair or an early exit is revoked. Whoever was told is told, and whoever holds a report that
-- was issued in between learns on verification that something has changed since.
alter table correction drop constraint correction_cause,
  add constraint correction_cause check (cause in ('corrected', 'annulled', 'repaired', 'removed', 'suspended', 'misattributed', 'resumed'));

alter table pub.report add column changed_at timestamptz;
comment on column pub.report.changed_at is 'When something that the report could not show came to stand again, for the first time since it was issued; what it was stands nowhere here.';
