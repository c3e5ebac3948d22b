-- What a redemption was priced by. A right that was sold never changes, so the bounds of its rules stand in the batch; what
-- the place asked is frozen in the redemption.
alter table redemption.batch
  add column service_prices jsonb not null default '[]' check (jsonb_typeof(service_prices) = 'array');
comment on column redemption.batch.service_prices is 'Bounds of what a service may cost, per service, in cents; empty: none';

alter table redemption.redemption
  -- Six bytes where a tariff is known, and none where it is not: the row had nulls before.
  add column tariff_version smallint check (tariff_version > 0),
  add column tariff_price int,
  add constraint tariff_is_whole check ((tariff_version is null) = (tariff_price is null) and (tariff_version is null or service is not null)),
  -- A place takes no more than it asks.
  add constraint paid_within_tariff check (amount + co_payment <= tariff_price);
comment on column redemption.redemption.tariff_version is 'The version of the tariff of its place and service that was in force on the day of the service; null: nobody knows what it costs';
comment on column redemption.redemption.tariff_price is 'What that version asks for one participation, in cents; a later version never prices it anew';
