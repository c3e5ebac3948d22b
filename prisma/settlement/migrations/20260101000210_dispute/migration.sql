-- What else moves the balance at Stripe: refunds that we asked for, and disputes; and refunds that go back by Stripe.

alter table settlement.stripe_movement
  drop constraint stripe_movement_kind_check,
  drop constraint stripe_movement_check4,
  add column source_id text,
  add column refund_id uuid,
  add constraint stripe_movement_kind_check check (kind in
    ('charge', 'payout', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'other')),
  add constraint stripe_movement_source check (kind in ('charge', 'payout', 'other') or source_id is not null),
  add constraint stripe_movement_direction check
    ((kind not in ('refund', 'dispute') or amount < 0) and (kind not in ('refund_failure', 'dispute_reversal') or amount > 0)),
  -- A fee is posted with its movement (row 5), whatever moved; the rest of it by the message or the fact that explains it.
  add constraint stripe_movement_posted check
    ((event_id is not null) = (kind = 'payout' or (kind <> 'other' and fee <> 0)));
create index stripe_movement_source_id on settlement.stripe_movement (source_id) where source_id is not null;

create table settlement.stripe_dispute (
  id text primary key check (length(id) between 1 and 255),
  movement_id text not null unique references settlement.stripe_movement,
  payment_id text not null references settlement.stripe_charge,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  booked_at timestamptz not null
);
comment on table settlement.stripe_dispute is 'Payments that Stripe took back, whole or in part, because their payer or its bank disputes them; posted by row 30';
grant select, insert on settlement.stripe_dispute to {{role}};
create trigger append_only before update or delete on settlement.stripe_dispute
  for each row execute function settlement.refuse_change();

create table settlement.stripe_dispute_end (
  dispute_id text primary key references settlement.stripe_dispute,
  outcome text not null check (outcome in ('won', 'lost')),
  movement_id text unique references settlement.stripe_movement,
  amount bigint not null check (amount >= 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  ended_at timestamptz not null,
  -- Only a dispute that was won brings money, and it brings some.
  check ((outcome = 'won') = (movement_id is not null) and (outcome = 'won') = (amount > 0))
);
comment on table settlement.stripe_dispute_end is 'How a dispute ended, once: won with the movement that brought the money again, or lost';
grant select, insert on settlement.stripe_dispute_end to {{role}};
create trigger append_only before update or delete on settlement.stripe_dispute_end
  for each row execute function settlement.refuse_change();

alter table settlement.refund
  add column way text not null default 'bank' check (way in ('bank', 'stripe')),
  add column stripe_payment_id text check (length(stripe_payment_id) between 1 and 255),
  add constraint refund_way_names_its_payment check ((way = 'stripe') = (stripe_payment_id is not null));

create table settlement.stripe_refund (
  refund_id uuid primary key references settlement.refund,
  state text not null default 'asked' check (state in ('asked', 'refunded', 'failed')),
  stripe_refund_id text unique check (length(stripe_refund_id) between 1 and 255),
  asked_at timestamptz not null,
  tries int not null default 0,
  refunded_event_id uuid unique,
  refunded_at timestamptz,
  failed_event_id uuid unique,
  failed_at timestamptz,
  reason_code text,
  check ((refunded_event_id is null) = (refunded_at is null) and (refunded_event_id is null or stripe_refund_id is not null)),
  check ((failed_event_id is null) = (failed_at is null) and (failed_event_id is null) = (reason_code is null)),
  check (state = case when failed_at is not null then 'failed' when refunded_at is not null then 'refunded' else 'asked' end)
);
create index stripe_refund_asked on settlement.stripe_refund (tries, asked_at) where state = 'asked';
comment on table settlement.stripe_refund is 'A refund that goes back by Stripe, noted before Stripe is asked, and what became of it; failed ones are paid by bank';
grant select, insert on settlement.stripe_refund to {{role}};
grant update (state, stripe_refund_id, tries, refunded_event_id, refunded_at, failed_event_id, failed_at, reason_code)
  on settlement.stripe_refund to {{role}};

create function settlement.check_stripe_refund() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from settlement.refund r where r.id = new.refund_id and r.way = 'stripe') then
      raise exception 'refund % goes by bank', new.refund_id using errcode = 'check_violation';
    end if;
  elsif old.state = 'failed' or (old.state = 'refunded' and new.state = 'asked')
      or (old.refunded_event_id is not null and new.refunded_event_id is distinct from old.refunded_event_id) then
    raise exception 'refund % only goes forward', new.refund_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_refund before insert or update on settlement.stripe_refund
  for each row execute function settlement.check_stripe_refund();

-- Never twice: the bank pays a refund of Stripe's only after it failed there.
create function settlement.check_refund_by_bank() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.refund r where r.id = new.refund_id and r.way = 'stripe') and not exists (
      select from settlement.stripe_refund s where s.refund_id = new.refund_id and s.state = 'failed') then
    raise exception 'refund % goes back by Stripe', new.refund_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_way before insert on settlement.payment_refund
  for each row execute function settlement.check_refund_by_bank();
