-- Somebody may be guessing codes. No code and no hash of one stands here.
create table redemption.till_alarm (
  id uuid primary key,
  -- Null: all tills together.
  place_id uuid,
  window_from timestamptz not null,
  count int not null check (count > 0),
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  seen_by text,
  seen_at timestamptz,
  check ((seen_by is null) = (seen_at is null)),
  -- Once per window, however many attempts follow.
  constraint till_alarm_once unique nulls not distinct (place_id, window_from)
);
create index till_alarm_unseen on redemption.till_alarm (id) where seen_at is null;
comment on table redemption.till_alarm is 'A place, or all together, named so many codes within a quarter of an hour that nobody knows that a person of the operator should look';
grant select, insert, update (count, last_at, seen_by, seen_at) on redemption.till_alarm to {{role}};

create function redemption.refuse_unseen() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'alarm % was seen, and its count only grows', new.id using errcode = 'check_violation';
end $$;
create trigger keep_alarm before update on redemption.till_alarm
  for each row when (new.count < old.count or (old.seen_at is not null and new.seen_at is distinct from old.seen_at))
  execute function redemption.refuse_unseen();
