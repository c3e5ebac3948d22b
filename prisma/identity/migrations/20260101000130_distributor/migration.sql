-- A distributor of issuance is an organisation like a payer or a place: its people see its own stock and nothing else.
alter table identity.organisation
  drop constraint organisation_kind_check,
  add constraint organisation_kind_check check (kind in ('payer', 'place', 'distributor', 'operator', 'auditor')),
  drop constraint organisation_check,
  add constraint organisation_check check ((kind in ('payer', 'place', 'distributor')) = (party_id is not null));
comment on table identity.organisation is 'A payer, a place, a distributor, the operator or an auditing body';

alter table identity.membership
  drop constraint membership_check,
  add constraint membership_check check (cardinality(roles) > 0 and roles <@ case kind
    when 'payer' then array['payer'] when 'place' then array['till'] when 'distributor' then array['distributor']
    when 'operator' then array['operator', 'approver'] when 'auditor' then array['auditor'] end);
