-- breaking: no
-- What somebody has begun to fill in and not yet sent: kept so that a phone that loses its network, or a session that ends, loses nothing.
create table case_draft (
  subject_id bigint not null,
  actor text not null,
  draft_key text not null,
  sealed bytea not null,
  paper_ids bigint[] not null default '{}',
  saved_at timestamptz not null,
  constraint case_draft_key primary key (subject_id, actor, draft_key)
);
comment on table case_draft is 'Answers of an act that is not done yet, sealed (aad case_draft:<subject_id>:<actor>:<draft_key>), for whoever typed them and nobody else; they go when the act is done, when they are dropped, or after thirty days.';
comment on column case_draft.paper_ids is 'Papers that were sent with it: they wait as long as it does.';
create index case_draft_saved on case_draft (saved_at);
grant select, insert, delete on case_draft to credit_app;
grant update (sealed, paper_ids, saved_at) on case_draft to credit_app;
grant select (paper_ids, saved_at) on case_draft to credit_door;
grant select on case_draft to credit_look;
