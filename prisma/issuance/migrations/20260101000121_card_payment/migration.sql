-- Payment by card: what was asked of a payer, the page that it was sent to, what Stripe told of it, and the money that came.

create table issuance.card_account (
  only_one boolean primary key default true check (only_one),
  custody_account_id uuid not null,
  event_id uuid not null unique,
  connected_at timestamptz not null
);
comment on table issuance.card_account is
  'The custody account that the Stripe account of this installation pays out to: cards pay for orders of that account only';
grant select, insert on issuance.card_account to {{role}};
create trigger append_only before update or delete on issuance.card_account
  for each row execute function issuance.refuse_change();

create table issuance.card_payment (
  id uuid primary key,
  order_id uuid not null,
  payer_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  opened_by text not null,
  opened_at timestamptz not null,
  unique (id, amount_cents),
  foreign key (order_id, payer_id) references issuance.order_share (order_id, payer_id)
);
create index card_payment_share on issuance.card_payment (order_id, payer_id, opened_at);
comment on table issuance.card_payment is 'What a payer was asked to pay by card for its share of an order; committed before Stripe is asked for a page';
grant select, insert on issuance.card_payment to {{role}};
create trigger append_only before update or delete on issuance.card_payment
  for each row execute function issuance.refuse_change();

create table issuance.card_session (
  card_payment_id uuid primary key references issuance.card_payment (id),
  session_id text not null unique check (length(session_id) between 1 and 255),
  url text not null,
  opened_at timestamptz not null
);
comment on table issuance.card_session is 'The Checkout session of a card payment, noted before its address is given to anybody; noted once, never opened again';
grant select, insert on issuance.card_session to {{role}};
create trigger append_only before update or delete on issuance.card_session
  for each row execute function issuance.refuse_change();

create table issuance.card_receipt (
  card_payment_id uuid primary key,
  stripe_payment_id text not null unique check (length(stripe_payment_id) between 1 and 255),
  amount_cents bigint not null,
  cover_cents bigint not null check (cover_cents >= 0),
  excess_cents bigint not null check (excess_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  booked_at timestamptz not null,
  constraint card_receipt_whole check (cover_cents + excess_cents = amount_cents),
  -- What came is what was asked, to the cent, once.
  constraint card_receipt_as_asked foreign key (card_payment_id, amount_cents) references issuance.card_payment (id, amount_cents)
);
comment on table issuance.card_receipt is
  'A card payment that succeeded: what became cover of the share, and what was more than the share asked and lies in unmatched';
grant select, insert on issuance.card_receipt to {{role}};
create trigger append_only before update or delete on issuance.card_receipt
  for each row execute function issuance.refuse_change();

create table issuance.stripe_event (
  id text primary key check (length(id) between 1 and 255),
  type text not null,
  session_id text,
  livemode boolean not null,
  created_at timestamptz not null,
  received_at timestamptz not null,
  tries int not null default 0,
  outcome text check (outcome in ('no_session', 'other_mode', 'unknown_session', 'not_paid', 'booked', 'booked_before', 'differs')),
  handled_at timestamptz,
  check ((outcome is null) = (handled_at is null))
);
create index stripe_event_waiting on issuance.stripe_event (tries, received_at) where handled_at is null;
comment on table issuance.stripe_event is 'Each signed webhook of Stripe, once: a hint to look at its session, and what was found there';
grant select, insert on issuance.stripe_event to {{role}};
grant update (tries, outcome, handled_at) on issuance.stripe_event to {{role}};
