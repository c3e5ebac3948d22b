-- A place may be accredited for some services only.
alter table redemption.accreditation
  add column services text[] not null default '{}'
    check (services <@ array['administrative_steps', 'everyday_tools', 'employment', 'safe_use', 'family_and_education', 'leisure_and_creation',
      'digital_world', 'access_and_equipment', 'equipment_at_solidarity_price'] and cardinality(services) <= 9);
comment on column redemption.accreditation.services is 'What it may take vouchers for, by codes of the national nomenclature; empty: every service';
