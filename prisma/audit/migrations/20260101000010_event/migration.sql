-- Audit's own copy of every event of every service, in audit's own schema: those who are audited cannot write it.
create table audit.event (
  sender text not null,
  seq bigint not null check (seq > 0),
  id uuid not null,
  type text not null,
  subject text not null,
  occurred_at timestamptz not null,
  actor jsonb not null,
  causation_id text,
  correlation_id text not null,
  body jsonb not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (sender, seq)
);
create unique index event_id on audit.event (id);
create index event_type on audit.event (type, occurred_at);
create index event_subject on audit.event (subject);
comment on table audit.event is 'Every event of every service, once, in the number that its sender gave it';
grant select, insert on audit.event to {{role}};
create trigger append_only before update or delete on audit.event
  for each row execute function audit.refuse_change();

-- What the invariants found broken, kept until somebody has explained it.
create table audit.finding (
  id uuid primary key,
  invariant text not null,
  row_named text not null,
  detail text not null,
  found_at timestamptz not null default clock_timestamp(),
  unique (invariant, row_named)
);
comment on table audit.finding is 'A row that breaks an invariant, named once';
grant select, insert on audit.finding to {{role}};
create trigger append_only before update or delete on audit.finding
  for each row execute function audit.refuse_change();
