-- Who a payer is stands on orders and receipts: it is not rewritten under them.
create trigger append_only before update or delete on issuance.payer
  for each row execute function issuance.refuse_change();
