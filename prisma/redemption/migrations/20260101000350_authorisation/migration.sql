-- Two-step redemption: a place holds an amount of a voucher for a bounded time, and confirms or cancels. A hold moves no
-- money; it lapses by comparison with the clock, and nobody sweeps.

alter table redemption.voucher
  add column held bigint,
  add column held_until timestamptz,
  add column hold_id uuid,
  add constraint voucher_hold_whole check (num_nulls(held, held_until, hold_id) in (0, 3)),
  add constraint voucher_held_within_balance check (held > 0 and held <= balance),
  add constraint voucher_unit_held_whole check (not unit or held = face);
-- No index and no foreign key on them: a redemption then still touches no index of this table (invariant R35 looks instead).
grant update (held, held_until, hold_id) on redemption.voucher to {{role}};
comment on column redemption.voucher.held is 'Cents that only the authorisation hold_id may take, until held_until; a hold of the past holds nothing';

create table redemption.authorisation (
  id uuid primary key,
  -- Locked by the transaction that writes here. No key to place or site: unrelated redemptions share those rows.
  voucher_id uuid not null references redemption.voucher (id),
  batch_id uuid not null,
  programme_id uuid not null,
  place_id uuid not null,
  site_id uuid not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  co_payment bigint not null check (co_payment >= 0),
  service_date date not null,
  service text,
  duration_minutes int check (duration_minutes between 1 and 1440),
  participants int check (participants between 1 and 1000),
  first_visit boolean,
  request_hash uuid not null,
  authorised_at timestamptz not null,
  held_until timestamptz not null,
  constraint held_for_a_while check (held_until > authorised_at and held_until <= authorised_at + interval '30 minutes')
);
comment on table redemption.authorisation is 'Amounts of vouchers that a place held to redeem them later; the id is the key that the till drew, and becomes the id of the redemption';
grant select, insert on redemption.authorisation to {{role}};
create trigger append_only before update or delete on redemption.authorisation
  for each row execute function redemption.refuse_change();

create table redemption.cancelled_authorisation (
  id uuid primary key references redemption.authorisation (id),
  event_id uuid not null unique,
  cancelled_by text not null,
  cancelled_at timestamptz not null
);
comment on table redemption.cancelled_authorisation is 'Authorisations that their place gave up: they are confirmed no more';
grant select, insert on redemption.cancelled_authorisation to {{role}};
create trigger append_only before update or delete on redemption.cancelled_authorisation
  for each row execute function redemption.refuse_change();

-- Whoever cancels holds the voucher, as whoever confirms does, so nothing slips in between.
create function redemption.refuse_cancelling_confirmed() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from redemption.redemption r where r.id = new.id) then
    raise exception 'authorisation % is confirmed: its redemption is undone, not cancelled', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_cancelling_confirmed before insert on redemption.cancelled_authorisation
  for each row execute function redemption.refuse_cancelling_confirmed();
