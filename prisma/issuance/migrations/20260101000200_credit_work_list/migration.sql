-- What a person does with a credit that matched nothing: it waits with a reason, or goes back to where it came from.

alter table issuance.receipt drop constraint receipt_outcome_check,
  add constraint receipt_outcome_check check (outcome in
    ('matched', 'matched_by_payer', 'overpaid', 'unknown_reference', 'other_account', 'nothing_due', 'ambiguous'));
-- Who else paid from this account before, and which shares ask for exactly so much.
create index receipt_debtor on issuance.receipt (debtor_mac) where debtor_mac is not null;
create index order_share_due on issuance.order_share ((amount_cents - funded_cents)) where funded_cents < amount_cents;
create index order_share_open_payer on issuance.order_share (payer_id) where funded_cents < amount_cents;

create table issuance.receipt_note (
  bank_line_id uuid not null references issuance.receipt (bank_line_id),
  ordinal int not null check (ordinal > 0),
  note text not null check (note in ('set_aside', 'taken_up')),
  reason text check (length(reason) between 1 and 200),
  noted_by text not null,
  noted_at timestamptz not null,
  primary key (bank_line_id, ordinal),
  check ((note = 'set_aside') = (reason is not null))
);
comment on table issuance.receipt_note is 'A credit was set aside with a reason, or taken up again; the last word counts';
grant select, insert on issuance.receipt_note to {{role}};
create trigger append_only before update or delete on issuance.receipt_note
  for each row execute function issuance.refuse_change();

create table issuance.receipt_release (
  bank_line_id uuid primary key references issuance.receipt (bank_line_id),
  id uuid not null unique,
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  reason text not null check (reason in ('not_ours', 'paid_twice', 'overpaid', 'order_cancelled')),
  event_id uuid not null unique,
  released_by text not null,
  released_at timestamptz not null
);
comment on table issuance.receipt_release is 'The part of a bank credit that is given back to the account it came from; all that is left of it, once';
grant select, insert on issuance.receipt_release to {{role}};
create trigger append_only before update or delete on issuance.receipt_release
  for each row execute function issuance.refuse_change();

create table issuance.receipt_release_movement (
  release_id uuid not null references issuance.receipt_release (id),
  payment_id uuid not null,
  movement text not null check (movement in ('booked', 'returned')),
  booked_on date not null,
  reason_code text,
  taken_at timestamptz not null,
  primary key (release_id, payment_id, movement)
);
comment on table issuance.receipt_release_movement is 'What the bank did with a payment that gives a credit back, as settlement told it';
grant select, insert on issuance.receipt_release_movement to {{role}};
create trigger append_only before update or delete on issuance.receipt_release_movement
  for each row execute function issuance.refuse_change();

-- Matched and given back are together never more than what came. security definer: locks the receipt, which the service's
-- role may not change, so that a match and a release of one credit queue.
create function issuance.check_receipt_use(line uuid, used bigint) returns void language plpgsql security definer
  set search_path = pg_catalog as $$
declare received bigint; before bigint;
begin
  select amount_cents into received from issuance.receipt where bank_line_id = line for update;
  select coalesce(sum(amount_cents), 0) into before from (
    select amount_cents from issuance.receipt_match where bank_line_id = line
    union all select amount_cents from issuance.receipt_release where bank_line_id = line) u;
  if before + used > received then
    raise exception 'bank line % of % cents cannot give % more: % are used', line, received, used, before using errcode = 'check_violation';
  end if;
end $$;
revoke execute on function issuance.check_receipt_use(uuid, bigint) from public;
create or replace function issuance.check_receipt_match() returns trigger language plpgsql security definer
  set search_path = pg_catalog as $$
begin
  perform issuance.check_receipt_use(new.bank_line_id, new.amount_cents);
  return new;
end $$;
create trigger receipt_given_back_once before insert on issuance.receipt_release
  for each row execute function issuance.check_receipt_match();
