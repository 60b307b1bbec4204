-- Service by publication (公告送达): what the portal tells of a letter that reached its addressee in no other way.
create table pub.announcement (
  subject_id bigint not null,
  notice_id bigint not null,
  number text not null,
  letter_name text not null,
  unit text not null,
  unit_name text not null,
  subject_name text not null,
  is_organisation boolean not null,
  published_on date not null,
  served_on date not null,
  made_at timestamptz not null,
  constraint announcement_key primary key (subject_id, notice_id),
  constraint announcement_days check (served_on > published_on)
);
comment on table pub.announcement is 'Letters that are served by publication, from the day of publication to the day on which they count as served: which letter, whose, nothing of what it says. Gone when the day is over or the letter has reached its addressee.';
create index announcement_day on pub.announcement (published_on desc, notice_id desc);
create index announcement_end on pub.announcement (served_on);
grant select, insert, delete on pub.announcement to credit_app;
grant select on pub.announcement to credit_portal, credit_reader;
grant select on pub.announcement to credit_door, credit_look;
