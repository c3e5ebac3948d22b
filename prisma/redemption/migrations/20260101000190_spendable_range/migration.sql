-- The one rule of which vouchers hold value that is owed to whoever holds them: those that money came in for, once their
-- batch is loaded, and those that took the place of such ones, as a whole (what had nothing left holds nothing either).
create view redemption.spendable_range as
  select batch_id, first, last from redemption.voucher_range where spendable_at is not null
  union all
  select batch_id, 0, last - first from redemption.replacement;
comment on view redemption.spendable_range is 'Spendable vouchers of a batch by index, both ends included; ranges of a batch do not overlap';
grant select on redemption.spendable_range to {{role}};
