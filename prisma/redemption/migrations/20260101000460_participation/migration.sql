-- Several vouchers of one person for one participation. The first of them speaks for it: it keeps the tariff, the co-payment
-- and what the others pay beside it, so that a participation is counted once, and what its place gave is told once.
alter table redemption.redemption
  -- Both are null wherever one voucher pays alone: the row had nulls before, and grows by nothing.
  add column participation_id uuid check (participation_id <> id),
  add column paid_beside int check (paid_beside > 0),
  add constraint participation_speaks_once
    check (participation_id is null or (paid_beside is null and tariff_version is null and co_payment = 0 and first_visit is null)),
  add constraint participation_within_tariff check (amount + co_payment + coalesce(paid_beside, 0) <= tariff_price);
comment on column redemption.redemption.participation_id is 'The redemption that speaks for the participation that this voucher helped to pay; null: it speaks for itself';
comment on column redemption.redemption.paid_beside is 'What the other vouchers of its participation paid, in cents; null: there are none';
-- Partial: a till that takes a single voucher does not pay for it.
create index redemption_participation on redemption.redemption (participation_id) where participation_id is not null;
