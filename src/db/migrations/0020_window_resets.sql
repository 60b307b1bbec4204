-- The account of a subject is reset at a window: one officer asks with its owner's papers before him, another of the same unit confirms. A
-- reset of staff stays with the administrators and names no unit.
alter table password_reset add column unit text;
alter table password_reset add column person_kind text;
alter table password_reset add column person_value text;
alter table password_reset add constraint password_reset_window check (num_nonnulls(unit, person_kind, person_value) in (0, 3));
comment on column password_reset.unit is 'The unit whose window it was asked at; null: asked by an administrator.';
comment on column password_reset.person_kind is 'The kind of the document that the first officer had before him.';
comment on column password_reset.person_value is 'Its number as a blind index: the second officer types the number anew.';
create index password_reset_of_unit on password_reset (unit, asked_at) where unit is not null;
