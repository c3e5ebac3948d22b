-- Stripe's side in the treasury: the account there, what moved its balance as Stripe itself lists it, and payouts on their
-- way to our bank; and the identification of bank credits that were of no known kind.

create table settlement.stripe_account (
  only_one boolean primary key default true check (only_one),
  bank_account_id uuid not null unique references settlement.bank_account,
  event_id uuid not null unique,
  connected_by text not null,
  connected_at timestamptz not null
);
comment on table settlement.stripe_account is 'The one Stripe account of this installation, and the custody account that it pays out to';
grant select, insert on settlement.stripe_account to {{role}};
create trigger append_only before update or delete on settlement.stripe_account
  for each row execute function settlement.refuse_change();

create table settlement.stripe_charge (
  payment_id text primary key check (length(payment_id) between 1 and 255),
  card_payment_id uuid not null unique,
  order_id uuid not null,
  payer_id uuid not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  -- Money of another custody account can not have come this way.
  bank_account_id uuid not null references settlement.stripe_account (bank_account_id),
  event_id uuid not null unique,
  taken_at timestamptz not null
);
comment on table settlement.stripe_charge is 'Copy of what issuance announced: a payer''s card payment, posted to the balance at Stripe at its gross';
grant select, insert on settlement.stripe_charge to {{role}};
create trigger append_only before update or delete on settlement.stripe_charge
  for each row execute function settlement.refuse_change();

create table settlement.stripe_movement (
  id text primary key check (length(id) between 1 and 255),
  stripe_type text not null,
  kind text not null check (kind in ('charge', 'payout', 'other')),
  amount bigint not null,
  fee bigint not null,
  net bigint not null,
  currency char(3) not null check (currency = 'EUR'),
  payment_id text,
  payout_id text,
  bank_account_id uuid not null references settlement.stripe_account (bank_account_id),
  event_id uuid unique,
  moved_at timestamptz not null,
  read_at timestamptz not null,
  unique (id, net),
  check (net = amount - fee),
  check (kind <> 'charge' or (amount > 0 and fee >= 0)),
  check ((kind = 'payout') = (payout_id is not null)),
  check (kind <> 'payout' or (amount < 0 and fee = 0)),
  -- Fees and payouts are posted (row 5). The gross of a charge is posted by the message of its payment; what is of no known
  -- kind is not posted at all, so that the invariants show it.
  check ((event_id is not null) = (kind = 'payout' or (kind = 'charge' and fee > 0)))
);
create index stripe_movement_payment on settlement.stripe_movement (payment_id);
comment on table settlement.stripe_movement is 'Every movement of our balance as Stripe lists it, once, with the event that posted its fee or its payout';
grant select, insert on settlement.stripe_movement to {{role}};
create trigger append_only before update or delete on settlement.stripe_movement
  for each row execute function settlement.refuse_change();

create table settlement.stripe_payout (
  id text primary key check (length(id) between 1 and 255),
  movement_id text not null unique references settlement.stripe_movement,
  amount bigint not null check (amount > 0),
  minus_amount bigint not null generated always as (-amount) stored,
  currency char(3) not null check (currency = 'EUR'),
  arrives_on date not null,
  descriptor text,
  trace_id text,
  bank_account_id uuid not null references settlement.stripe_account (bank_account_id),
  announced_at timestamptz not null,
  unique (id, amount),
  foreign key (movement_id, minus_amount) references settlement.stripe_movement (id, net)
);
comment on table settlement.stripe_payout is 'Money on its way from Stripe to our bank: when it is to arrive, and what the bank may write; the trace comes late';
grant select, insert on settlement.stripe_payout to {{role}};
grant update (trace_id) on settlement.stripe_payout to {{role}};

create table settlement.stripe_payout_arrival (
  payout_id text primary key,
  amount bigint not null,
  currency char(3) not null check (currency = 'EUR'),
  bank_line_id uuid not null unique references settlement.bank_line,
  event_id uuid not null unique,
  arrived_at timestamptz not null,
  foreign key (payout_id, amount) references settlement.stripe_payout (id, amount)
);
comment on table settlement.stripe_payout_arrival is 'The bank line on which a payout of Stripe arrived, once, with its full amount';
grant select, insert on settlement.stripe_payout_arrival to {{role}};
create trigger append_only before update or delete on settlement.stripe_payout_arrival
  for each row execute function settlement.refuse_change();

create table settlement.stripe_event (
  id text primary key check (length(id) between 1 and 255),
  type text not null,
  livemode boolean not null,
  created_at timestamptz not null,
  received_at timestamptz not null,
  outcome text check (outcome in ('balance_read', 'other_mode', 'not_connected')),
  handled_at timestamptz,
  check ((outcome is null) = (handled_at is null))
);
create index stripe_event_waiting on settlement.stripe_event (received_at) where handled_at is null;
comment on table settlement.stripe_event is 'Each signed webhook of Stripe, once: a hint that the balance has moved';
grant select, insert on settlement.stripe_event to {{role}};
grant update (outcome, handled_at) on settlement.stripe_event to {{role}};

-- A payout of Stripe on the bank statement is a kind of its own.
alter table settlement.bank_line
  drop constraint bank_line_kind_check,
  drop constraint bank_line_check1,
  drop constraint bank_line_check4,
  add constraint bank_line_kind_check check (kind in
    ('payer_receipt', 'payout_return', 'psp_payout', 'payment_debit', 'bank_charge', 'unknown_credit', 'unknown_debit', 'zero')),
  add constraint bank_line_side_of_kind check
    (side = case when kind in ('payer_receipt', 'payout_return', 'psp_payout', 'unknown_credit') then 'credit'
                 when kind in ('payment_debit', 'bank_charge', 'unknown_debit') then 'debit' else side end),
  add constraint bank_line_posted_kinds check
    ((event_id is not null) = (kind in ('payer_receipt', 'psp_payout', 'bank_charge', 'unknown_credit')));

create table settlement.bank_line_identification (
  bank_line_id uuid primary key references settlement.bank_line,
  kind text not null check (kind in ('payer_receipt', 'psp_payout')),
  order_reference text,
  payout_id text references settlement.stripe_payout,
  event_id uuid not null unique,
  identified_by text not null,
  identified_at timestamptz not null,
  check ((kind = 'psp_payout') = (payout_id is not null)),
  check (order_reference is null or kind = 'payer_receipt')
);
comment on table settlement.bank_line_identification is 'What an unknown credit turned out to be, once: its money left bank_unknown with this event';
grant select, insert on settlement.bank_line_identification to {{role}};
create trigger append_only before update or delete on settlement.bank_line_identification
  for each row execute function settlement.refuse_change();

create function settlement.check_identification() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.bank_line where id = new.bank_line_id and kind = 'unknown_credit') then
    raise exception 'bank line % is no unknown credit', new.bank_line_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger identifies_unknown_credit before insert on settlement.bank_line_identification
  for each row execute function settlement.check_identification();
-- The work-list of unknown credits by amount, when a payout is announced after its money arrived.
create index bank_line_unknown_credit on settlement.bank_line (bank_account_id, amount) where kind = 'unknown_credit';
