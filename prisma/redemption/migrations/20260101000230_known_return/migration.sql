-- A copy of which vouchers came back to the operator: from then on no distributor may stop them. With known_stock it says who
-- had a voucher last: the latest of all receipts and returns around it.
create table redemption.known_return (
  range_id uuid primary key,
  batch_id uuid not null,
  distributor_id uuid not null,
  first int not null check (first >= 0),
  last int not null check (last >= first),
  given_back_at timestamptz not null
);
create index known_return_batch on redemption.known_return (batch_id, first);
comment on table redemption.known_return is 'Copy of range.given_back: ranges that a distributor sent back and the operator received';
grant select, insert on redemption.known_return to {{role}};
create trigger append_only before update or delete on redemption.known_return
  for each row execute function redemption.refuse_change();
