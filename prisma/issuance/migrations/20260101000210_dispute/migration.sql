-- Ways of paying through Stripe besides cards, what is announced by them, what Stripe tells that no webhook told, disputes,
-- and refunds that go back to the card.

alter table issuance.card_payment
  add column method text not null default 'card' check (method in ('card', 'bank_transfer', 'sepa_debit'));
create index card_payment_debits on issuance.card_payment (payer_id, opened_at) where method = 'sepa_debit';

create table issuance.stripe_customer (
  payer_id uuid primary key references issuance.payer (id),
  customer_id text not null unique check (length(customer_id) between 1 and 255),
  opened_at timestamptz not null
);
comment on table issuance.stripe_customer is 'What a payer is at Stripe, which gives each an account number of its own to transfer to';
grant select, insert on issuance.stripe_customer to {{role}};
create trigger append_only before update or delete on issuance.stripe_customer
  for each row execute function issuance.refuse_change();

create table issuance.card_payment_state (
  card_payment_id uuid primary key references issuance.card_payment (id),
  state text not null check (state in ('open', 'processing', 'paid', 'failed', 'expired')),
  announced_cents bigint not null default 0 check (announced_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  instructions_url text,
  looked_at timestamptz not null
);
comment on table issuance.card_payment_state is 'A payment as Stripe last said it: what is announced here is nobody''s cover, only a receipt is';
grant select, insert on issuance.card_payment_state to {{role}};
grant update (state, announced_cents, instructions_url, looked_at) on issuance.card_payment_state to {{role}};

create table issuance.stripe_cursor (
  only_one boolean primary key default true check (only_one),
  read_until timestamptz not null
);
comment on table issuance.stripe_cursor is 'Until when Stripe''s own list of events has been read, for those whose webhook never came';
grant select, insert, update (read_until) on issuance.stripe_cursor to {{role}};

create table issuance.dispute (
  id text primary key check (length(id) between 1 and 255),
  card_payment_id uuid not null,
  order_id uuid not null,
  payer_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- What still lay there of the payment, and pays a part of what is owed at once.
  cover_back_cents bigint not null check (cover_back_cents >= 0),
  excess_back_cents bigint not null check (excess_back_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  taken_at timestamptz not null,
  check (cover_back_cents + excess_back_cents <= amount_cents),
  foreign key (card_payment_id) references issuance.card_receipt (card_payment_id),
  foreign key (order_id, payer_id) references issuance.order_share (order_id, payer_id)
);
create index dispute_order on issuance.dispute (order_id);
comment on table issuance.dispute is 'Payments that Stripe took back: the payer owes them from here on, less what had not been used of them';
grant select, insert on issuance.dispute to {{role}};
create trigger append_only before update or delete on issuance.dispute
  for each row execute function issuance.refuse_change();

-- No foreign key: the end of a dispute may be told before its beginning.
create table issuance.dispute_end (
  dispute_id text primary key check (length(dispute_id) between 1 and 255),
  outcome text not null check (outcome in ('won', 'lost')),
  amount_cents bigint not null check (amount_cents >= 0 and (outcome = 'won') = (amount_cents > 0)),
  -- What was taken back is given again, as far as the share still asks for it; the rest lies in unmatched.
  cover_again_cents bigint not null check (cover_again_cents >= 0),
  excess_again_cents bigint not null check (excess_again_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  taken_at timestamptz not null,
  check (cover_again_cents + excess_again_cents <= amount_cents)
);
comment on table issuance.dispute_end is 'How a dispute ended: won with what Stripe gave again, or lost';
grant select, insert on issuance.dispute_end to {{role}};
create trigger append_only before update or delete on issuance.dispute_end
  for each row execute function issuance.refuse_change();

create table issuance.frozen_batch (
  batch_id uuid not null,
  dispute_id text not null,
  left_cents bigint not null check (left_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  taken_at timestamptz not null,
  primary key (batch_id, dispute_id)
);
comment on table issuance.frozen_batch is 'Copy of batch.frozen: what redemption froze for a dispute, and what was left on it then';
grant select, insert on issuance.frozen_batch to {{role}};
create trigger append_only before update or delete on issuance.frozen_batch
  for each row execute function issuance.refuse_change();

create table issuance.expired_for_debt (
  statement_id uuid not null,
  payer_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null,
  primary key (statement_id, payer_id),
  foreign key (statement_id, payer_id) references issuance.contradictory_statement_share (statement_id, payer_id)
);
comment on table issuance.expired_for_debt is 'Of a payer''s share of expired value: what pays its debt of a disputed payment, and is given to nobody';
grant select, insert on issuance.expired_for_debt to {{role}};
create trigger append_only before update or delete on issuance.expired_for_debt
  for each row execute function issuance.refuse_change();

-- What is funded grows, and falls only where a payment was taken back; invariant I7 holds it to the facts.
drop trigger agreed_once on issuance.order_share;
create trigger agreed_once before update on issuance.order_share for each row
  when (to_jsonb(new) - 'funded_cents' <> to_jsonb(old) - 'funded_cents')
  execute function issuance.refuse_change();

-- A refund goes back the way by which the money came: a share of one statement may be several refunds, by card and by bank.
alter table issuance.refund
  add column way text not null default 'bank' check (way in ('bank', 'stripe')),
  add column stripe_payment_id text references issuance.card_receipt (stripe_payment_id),
  add constraint refund_way_names_its_payment check ((way = 'stripe') = (stripe_payment_id is not null)),
  drop constraint refund_of_a_share_once;
create unique index refund_of_a_share_once on issuance.refund (statement_id, payer_id, coalesce(stripe_payment_id, ''))
  where statement_id is not null;
create index refund_of_payment on issuance.refund (stripe_payment_id) where stripe_payment_id is not null;

drop trigger check_refund on issuance.refund;
create or replace function issuance.check_refund() returns trigger language plpgsql set search_path = pg_catalog as $$
declare signed bigint; ordered bigint; paid bigint; back bigint;
begin
  if new.statement_id is not null then
    select s.expired_cents - coalesce((select d.amount_cents from issuance.expired_for_debt d
        where d.statement_id = s.statement_id and d.payer_id = s.payer_id), 0) into signed
      from issuance.contradictory_statement c join issuance.contradictory_statement_share s on s.statement_id = c.id
      where c.id = new.statement_id and c.outcome = 'refund' and s.payer_id = new.payer_id;
    select sum(amount_cents) into ordered from issuance.refund where statement_id = new.statement_id and payer_id = new.payer_id;
    if signed is distinct from ordered then
      raise exception 'refund % and those beside it are % of the % that were signed', new.id, ordered, signed using errcode = 'check_violation';
    end if;
  end if;
  if new.stripe_payment_id is not null then
    select amount_cents into paid from issuance.card_receipt where stripe_payment_id = new.stripe_payment_id;
    select sum(amount_cents) into back from issuance.refund where stripe_payment_id = new.stripe_payment_id;
    if back > paid then
      raise exception 'of the payment % of %, % would go back', new.stripe_payment_id, paid, back using errcode = 'check_violation';
    end if;
  end if;
  return null;
end $$;
-- At commit, when the refunds beside it are there.
create constraint trigger check_refund after insert on issuance.refund
  deferrable initially deferred for each row execute function issuance.check_refund();

create table issuance.stripe_refund_movement (
  refund_id uuid not null references issuance.refund (id),
  movement text not null check (movement in ('refunded', 'failed')),
  moved_on date not null,
  reason_code text,
  event_id uuid not null unique,
  taken_at timestamptz not null,
  primary key (refund_id, movement),
  check ((movement = 'failed') = (reason_code is not null))
);
comment on table issuance.stripe_refund_movement is 'What Stripe did with a refund to a card, as settlement told it; a failed one is paid by bank';
grant select, insert on issuance.stripe_refund_movement to {{role}};
create trigger append_only before update or delete on issuance.stripe_refund_movement
  for each row execute function issuance.refuse_change();
