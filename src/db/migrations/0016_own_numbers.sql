-- A person's copy of his own file holds the number that identifies him (个人信息保护法45): his own look reads it, sealed.
grant select on person_secret to credit_look;
comment on table person_secret is 'ID numbers of persons, sealed. Opened for their holder alone: in part on the page, whole in the copy he takes.';
