-- Money that arrived for us, as settlement's bank statement states it, and the orders that it became cover of.

create table issuance.receipt (
  bank_line_id uuid primary key,
  event_id uuid not null unique,
  custody_account_id uuid not null,
  booked_on date not null,
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  refs text[] not null check (cardinality(refs) between 1 and 20),
  end_to_end_id text,
  debtor_mac text,
  -- What the automatic match made of it on arrival; a person may have matched the rest since.
  outcome text not null check (outcome in ('matched', 'overpaid', 'unknown_reference', 'other_account', 'nothing_due', 'ambiguous')),
  received_at timestamptz not null
);
comment on table issuance.receipt is 'A copy of each bank credit that settlement booked for us; a bank line counts once';
grant select, insert on issuance.receipt to {{role}};
create trigger append_only before update or delete on issuance.receipt
  for each row execute function issuance.refuse_change();

create table issuance.receipt_match (
  bank_line_id uuid not null references issuance.receipt (bank_line_id),
  order_id uuid not null references issuance.order (id),
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  matched_by text not null,
  matched_at timestamptz not null,
  constraint receipt_match_once primary key (bank_line_id, order_id)
);
create index receipt_match_order on issuance.receipt_match (order_id);
comment on table issuance.receipt_match is 'The part of a bank credit that funded an order; a credit funds an order once, and never more than itself';
grant select, insert on issuance.receipt_match to {{role}};
create trigger append_only before update or delete on issuance.receipt_match
  for each row execute function issuance.refuse_change();

-- security definer: locks the receipt, which the service's role may not change, so that two matches of one credit queue.
create function issuance.check_receipt_match() returns trigger language plpgsql security definer
  set search_path = pg_catalog as $$
declare received bigint; matched bigint;
begin
  select amount_cents into received from issuance.receipt where bank_line_id = new.bank_line_id for update;
  select coalesce(sum(amount_cents), 0) into matched from issuance.receipt_match where bank_line_id = new.bank_line_id;
  if matched + new.amount_cents > received then
    raise exception 'bank line % of % cents cannot fund % more: % are used', new.bank_line_id, received, new.amount_cents, matched
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger receipt_funds_once before insert on issuance.receipt_match
  for each row execute function issuance.check_receipt_match();
