-- What the rules against fraud are asked over: a narrow copy of a few events, read behind the sealed log in its order. It is
-- a memory and no record: dropped, it is read again from the log, and the same alerts come of it.

create table audit.watch_position (
  is_only boolean primary key default true check (is_only),
  next_index bigint not null check (next_index >= 0)
);
comment on table audit.watch_position is 'Up to which place in the log the rules have been asked';
insert into audit.watch_position (next_index) values (0);
grant select, update (next_index) on audit.watch_position to {{role}};

create function audit.refuse_going_back() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'the watch was at % of the log and does not go back to %', old.next_index, new.next_index using errcode = 'check_violation';
end $$;
create trigger keep_position before update on audit.watch_position
  for each row when (new.next_index < old.next_index) execute function audit.refuse_going_back();

-- A zone that this database does not know would stop the watch for good at the event that names it.
create function audit.known_zone(zone text) returns text language plpgsql stable set search_path = pg_catalog as $$
begin
  perform now() at time zone zone;
  return coalesce(zone, 'Europe/Paris');
exception when invalid_parameter_value then
  return 'Europe/Paris';
end $$;

create table audit.watched_place (
  place_id uuid primary key,
  name text not null,
  time_zone text not null
);
comment on table audit.watched_place is 'A place as its last accreditation told it, with the zone that its clock shows';
grant select, insert, update (name, time_zone) on audit.watched_place to {{role}};

create table audit.watched_hand_over (
  hand_over_id uuid primary key,
  log_index bigint not null unique,
  batch_id uuid not null,
  distributor_id uuid not null,
  first int not null check (first >= 0),
  last int not null check (last >= first),
  at timestamptz not null
);
create index watched_hand_over_range on audit.watched_hand_over (batch_id, first);
comment on table audit.watched_hand_over is 'Vouchers that a distributor gave to somebody, who stays unnamed';
grant select, insert on audit.watched_hand_over to {{role}};
create trigger append_only before update or delete on audit.watched_hand_over
  for each row execute function audit.refuse_change();

create table audit.watched_redemption (
  redemption_id uuid primary key,
  log_index bigint not null unique,
  place_id uuid not null,
  device_id uuid,
  batch_id uuid not null,
  voucher_index int check (voucher_index >= 0),
  session_id uuid,
  participation_id uuid,
  amount bigint not null check (amount > 0),
  -- When the voucher was held to the till: a capture without a network counts at its own moment.
  at timestamptz not null,
  -- As the clock of the place showed it.
  day date not null,
  minute int not null check (minute between 0 and 1439),
  hand_over_id uuid,
  distributor_id uuid,
  undone boolean not null default false,
  check ((hand_over_id is null) = (distributor_id is null))
);
create index watched_redemption_day on audit.watched_redemption (place_id, day);
create index watched_redemption_range on audit.watched_redemption (batch_id, voucher_index) where hand_over_id is null;
create index watched_redemption_distributor on audit.watched_redemption (distributor_id, day, place_id) where distributor_id is not null;
comment on table audit.watched_redemption is 'A redemption with what the rules ask of it, and the hand-over that its voucher left a stock by, once both are told';
grant select, insert, update (hand_over_id, distributor_id, undone) on audit.watched_redemption to {{role}};
