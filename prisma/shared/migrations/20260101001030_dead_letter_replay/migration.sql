-- Who asked that a message which could not be handled is tried again, and why. The service tries it itself and says in `dead_letter` how it went.

create table {{schema}}.dead_letter_replay (
  id uuid primary key,
  dead_letter_id uuid not null references {{schema}}.dead_letter (id),
  note text not null check (length(note) between 1 and 500),
  asked_by text not null check (length(asked_by) between 1 and 100),
  asked_at timestamptz not null
);
create index dead_letter_replay_of on {{schema}}.dead_letter_replay (dead_letter_id, asked_at);
comment on table {{schema}}.dead_letter_replay is 'Somebody asked that a dead letter is tried again: who, when, and what was mended before';
grant select, insert on {{schema}}.dead_letter_replay to {{role}};
create trigger append_only before update or delete on {{schema}}.dead_letter_replay
  for each row execute function {{schema}}.refuse_change();

-- What was done is done: a letter that was replayed is never open again, and its message is never another one.
create function {{schema}}.check_dead_letter() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.replayed_at is not null then
    raise exception 'dead letter % was replayed and does not change any more', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if (new.id, new.sender, new.seq, new.type, new.message, new.failed_at) is distinct from (old.id, old.sender, old.seq, old.type, old.message, old.failed_at) then
    raise exception 'dead letter % is another message now', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger stays_the_message before update on {{schema}}.dead_letter
  for each row execute function {{schema}}.check_dead_letter();

-- The operator's list reads as the overseer, in every service.
grant select on {{schema}}.dead_letter, {{schema}}.dead_letter_replay to {{overseer}};
