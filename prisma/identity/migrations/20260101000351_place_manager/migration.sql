-- The manager of a place may take back what its tills redeemed until the period closes, not only for fifteen minutes, and
-- enrols and revokes its devices; who only serves at the till may not.
alter table identity.membership
  drop constraint membership_check,
  add constraint membership_check check (cardinality(roles) > 0 and roles <@ case kind
    when 'payer' then array['payer'] when 'place' then array['till', 'manager'] when 'distributor' then array['distributor']
    when 'operator' then array['operator', 'approver'] when 'auditor' then array['auditor'] end);
