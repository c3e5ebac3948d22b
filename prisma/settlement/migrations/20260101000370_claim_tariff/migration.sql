-- The tariff that a redemption was priced by, beside the other versions that it keeps. Informs: what is owed is the gross.
alter table settlement.claim_line
  add column tariff_version int check (tariff_version > 0),
  add column tariff_cents bigint check (tariff_cents > 0),
  add constraint tariff_is_whole check ((tariff_version is null) = (tariff_cents is null)),
  add constraint gross_within_tariff check (abs(gross) <= tariff_cents);
comment on column settlement.claim_line.tariff_cents is 'What the place asked for the service by that version; null: redemption knew none';
