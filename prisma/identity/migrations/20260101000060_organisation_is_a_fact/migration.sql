-- Organisations and memberships only grow so far: no role may change them, and this refuses it to the owner too.
-- The change that first lets one be edited drops the trigger of its table.
create trigger append_only before update or delete on identity.organisation
  for each row execute function identity.refuse_change();
create trigger append_only before update or delete on identity.membership
  for each row execute function identity.refuse_change();
