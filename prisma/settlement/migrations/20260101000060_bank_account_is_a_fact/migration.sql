-- Our bank accounts only grow so far: no role may change them, and this refuses it to the owner too. The change that first lets one
-- be edited drops the trigger of its table.
create trigger append_only before update or delete on settlement.bank_account
  for each row execute function settlement.refuse_change();
