-- What audit signed, kept by somebody else: whoever rewrites audit's log has to rewrite this too, under another role.
create table settlement.known_checkpoint (
  event_id uuid primary key,
  size bigint not null check (size > 0),
  root text not null check (root ~ '^[0-9a-f]{64}$'),
  signed_at timestamptz not null,
  origin text not null,
  key_id text not null,
  signature text not null
);
create index known_checkpoint_size on settlement.known_checkpoint (size);
comment on table settlement.known_checkpoint is 'A checkpoint of the audit log as audit published it';
grant select, insert on settlement.known_checkpoint to {{role}};
create trigger append_only before update or delete on settlement.known_checkpoint
  for each row execute function settlement.refuse_change();
