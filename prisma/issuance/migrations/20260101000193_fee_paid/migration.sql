-- A payer owes its share of the face value and, once it is invoiced, fee and VAT. Money pays the face value first.

create table issuance.share_fee (
  order_id uuid not null,
  payer_id uuid not null,
  -- Fee and VAT on its invoices, less what credit notes took back.
  invoiced_cents bigint not null check (invoiced_cents >= 0),
  paid_cents bigint not null default 0,
  primary key (order_id, payer_id),
  foreign key (order_id, payer_id) references issuance.order_share (order_id, payer_id),
  constraint fee_paid_within_invoiced check (paid_cents between 0 and invoiced_cents)
);
create index share_fee_open on issuance.share_fee (order_id) where paid_cents < invoiced_cents;
comment on table issuance.share_fee is 'What a payer owes of fee and VAT on its share of an order, and how much of that it paid; no more than it';
grant select, insert on issuance.share_fee to {{role}};
grant update (invoiced_cents, paid_cents) on issuance.share_fee to {{role}};
create trigger no_delete before delete on issuance.share_fee
  for each row execute function issuance.refuse_change();

alter table issuance.receipt_match
  add column fee_cents bigint not null default 0,
  add constraint receipt_match_fee_within check (fee_cents between 0 and amount_cents);
comment on column issuance.receipt_match.fee_cents is 'The part of it that paid fee and VAT; the rest is cover';

alter table issuance.card_receipt
  add column fee_cents bigint not null default 0 check (fee_cents >= 0),
  drop constraint card_receipt_whole,
  add constraint card_receipt_whole check (cover_cents + fee_cents + excess_cents = amount_cents);
comment on column issuance.card_receipt.fee_cents is 'The part of it that paid fee and VAT';
