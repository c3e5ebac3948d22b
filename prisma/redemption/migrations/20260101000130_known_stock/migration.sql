-- A copy of which distributor received which vouchers and what it handed over, for whoever may stop them. Rows are merged
-- field by field, so that messages may come twice and in any order; nothing is checked against the batch, which may come later.
create table redemption.known_stock (
  range_id uuid primary key,
  batch_id uuid not null,
  distributor_id uuid not null,
  first int not null check (first >= 0),
  last int not null check (last >= first),
  received_at timestamptz,
  handed_over_at timestamptz,
  returned_at timestamptz,
  check (num_nonnulls(received_at, handed_over_at, returned_at) > 0),
  -- A range is either what arrived at a distributor or what left it again.
  check (received_at is null or num_nonnulls(handed_over_at, returned_at) = 0)
);
create index known_stock_batch on redemption.known_stock (batch_id, first);
comment on table redemption.known_stock is 'Copy of range.received, handed_over and returned: one row per range received or handed over by a distributor';
grant select, insert, update (received_at, handed_over_at, returned_at) on redemption.known_stock to {{role}};
