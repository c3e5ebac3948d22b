-- What a programme says of the prices of services that its vouchers pay for.
alter table issuance.programme_rule
  add column service_prices jsonb not null default '[]' check (jsonb_typeof(service_prices) = 'array'),
  add column tariff_raise_needs_approval boolean not null default false;
comment on column issuance.programme_rule.service_prices is 'Bounds of what a service may cost, per service, in cents; a least and a most that are the same fix it; empty: none';
comment on column issuance.programme_rule.tariff_raise_needs_approval is 'Places that are accredited wait for the operator before they ask more than they did';
