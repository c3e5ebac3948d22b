-- Each checkpoint comes with the proof that its log begins with that of the one before. What settlement found of it stands
-- beside it; where a chain of checkpoints breaks, invariant A8 finds it and no money leaves. Null: told before proofs were.
alter table settlement.known_checkpoint
  add column follows_size bigint check (follows_size >= 0),
  add column follows_root text check (follows_root ~ '^[0-9a-f]{64}$'),
  add column follows_proved boolean,
  add column kept_at timestamptz not null default clock_timestamp(),
  add constraint follows_wholly check (num_nulls(follows_size, follows_root, follows_proved) in (0, 3)),
  add constraint follows_a_shorter_one check (not follows_proved or follows_size < size);
alter table settlement.known_checkpoint alter column kept_at drop default;
