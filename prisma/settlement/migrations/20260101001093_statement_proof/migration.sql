-- What audit proved of a statement: that its closing is in the log that a checkpoint signed. Served beside the statement.
create table settlement.statement_proof (
  statement_id uuid primary key references settlement.statement (id),
  event_id uuid not null,
  size bigint not null check (size > 0),
  root text not null check (root ~ '^[0-9a-f]{64}$'),
  log_index bigint not null check (log_index >= 0 and log_index < size),
  leaf text not null check (length(leaf) between 1 and 160000),
  path text[] not null check (cardinality(path) <= 64),
  kept_at timestamptz not null
);
comment on table settlement.statement_proof is 'The first checkpoint that has a statement, and the proof that it does; checked before it was kept';
grant select, insert on settlement.statement_proof to {{role}};
create trigger append_only before update or delete on settlement.statement_proof
  for each row execute function settlement.refuse_change();
alter table settlement.statement_proof enable row level security;
create policy service on settlement.statement_proof to {{role}} using (true) with check (true);
create policy overseer on settlement.statement_proof for select to {{overseer}} using (true);
create policy inspector on settlement.statement_proof for select to mereau_inspector using (true);
create policy reader on settlement.statement_proof for select to {{reader}}
  using (exists (select from settlement.statement s where s.id = statement_id));
grant select on settlement.statement_proof to {{reader}}, {{overseer}};
