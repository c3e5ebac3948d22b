-- What a till declares of the service that it rendered. All of it is optional, and none of it names a person.
alter table redemption.redemption
  add column session_id uuid,
  add column service text,
  add column duration_minutes int,
  add column participants int,
  add column first_visit boolean,
  -- The services of the national nomenclature, as in apps/redemption/src/services.ts (a test compares).
  add constraint service_is_catalogued check (service in (
    'administrative_steps', 'everyday_tools', 'employment', 'safe_use', 'family_and_education', 'leisure_and_creation',
    'digital_world', 'access_and_equipment', 'equipment_at_solidarity_price')),
  add constraint duration_within_a_day check (duration_minutes between 1 and 1440),
  add constraint participants_counted check (participants between 1 and 1000);
comment on column redemption.redemption.session_id is 'The workshop in which it was used, by the key of the one request that held all its lines';
comment on column redemption.redemption.first_visit is 'Null: nobody said; that is not the same as no';
