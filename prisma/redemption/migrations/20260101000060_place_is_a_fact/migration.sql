-- Places and sites only grow so far: no role may change them, and this refuses it to the owner too. The change that first lets one
-- be edited drops the trigger of its table.
create trigger append_only before update or delete on redemption.place
  for each row execute function redemption.refuse_change();
create trigger append_only before update or delete on redemption.site
  for each row execute function redemption.refuse_change();
