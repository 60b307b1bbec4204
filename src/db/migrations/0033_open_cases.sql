-- breaking: no
-- Work lists: a unit's open cases, and those whose turn an office has, without those that were closed over the years.
create index case_file_open on case_file (unit, turn) where closed_at is null;
create index case_file_opened_open on case_file (opened_unit, turn) where closed_at is null and opened_unit is not null;
create index case_file_turn_open on case_file (turn) where closed_at is null;
