-- breaking: no
-- The closed cases of a city grow by the year: their list reads a page of an index, the latest first.
create index case_file_closed on case_file (case_id desc) where closed_at is not null;
