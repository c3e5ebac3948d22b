-- What tills decide by, apart from the vouchers: programmes, fee rules, places, sites and accreditations. It changes
-- some times a day and is read at every redemption, so tills keep a copy of it and ask only for its version.

-- No account of this ledger is guarded, and the trigger would be called once per redemption for nothing. What must not
-- go below zero here is the balance of a voucher, which its own check holds.
drop trigger keep_guarded_balance on redemption.transfer;

create table redemption.reference_version (
  singleton boolean primary key default true check (singleton),
  version bigint not null default 0
);
comment on table redemption.reference_version is 'Counts changes of what tills keep a copy of; one row, raised by triggers';
insert into redemption.reference_version default values;
grant select on redemption.reference_version to {{role}};

-- security definer: the service's role cannot raise the version by hand, nor forget to.
create function redemption.raise_reference_version() returns trigger language plpgsql security definer
  set search_path = pg_catalog as $$
begin
  update redemption.reference_version set version = version + 1;
  return null;
end $$;

create table redemption.known_programme (
  programme_id uuid primary key,
  rule_version int not null check (rule_version > 0),
  name text not null,
  unit boolean not null,
  face bigint not null check (face > 0),
  currency char(3) not null check (currency = 'EUR'),
  usable_until date not null,
  claimable_until date not null check (claimable_until >= usable_until),
  custody_account_id uuid not null
);
comment on table redemption.known_programme is 'Copy of programme.published: the latest rule version of each programme';
grant select, insert, update on redemption.known_programme to {{role}};
create trigger raise_reference_version after insert or update on redemption.known_programme
  for each statement execute function redemption.raise_reference_version();

create table redemption.known_fee_rule (
  programme_id uuid not null,
  version int not null check (version > 0),
  from_day date not null,
  fee_basis_points int not null check (fee_basis_points between 0 and 10000),
  vat_basis_points int not null check (vat_basis_points between 0 and 10000),
  commons_basis_points int not null check (commons_basis_points between 0 and 10000),
  primary key (programme_id, version)
);
comment on table redemption.known_fee_rule is 'Copy of fee_rule.published; a redemption keeps the version that was in force when it was made';
grant select, insert on redemption.known_fee_rule to {{role}};
create trigger append_only before update or delete on redemption.known_fee_rule
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.known_fee_rule
  for each statement execute function redemption.raise_reference_version();

create table redemption.place (
  id uuid primary key,
  siret char(14) not null unique check (siret ~ '^[0-9]{14}$'),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null
);
comment on table redemption.place is 'A body that redeems vouchers; its tills sign in as it';
grant select, insert on redemption.place to {{role}};

create table redemption.site (
  id uuid primary key,
  -- Unique: a till names its place, not its site, until devices are enrolled.
  place_id uuid not null unique references redemption.place (id),
  name text not null check (length(name) between 1 and 200),
  time_zone text not null check (length(time_zone) between 1 and 60),
  created_at timestamptz not null
);
comment on table redemption.site is 'Where a place renders services; dates are judged in its time zone';
grant select, insert on redemption.site to {{role}};
create trigger raise_reference_version after insert on redemption.site
  for each statement execute function redemption.raise_reference_version();

create table redemption.accreditation (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  programme_id uuid not null references redemption.known_programme (programme_id),
  version int not null check (version > 0),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  created_at timestamptz not null,
  unique (place_id, programme_id, version)
);
comment on table redemption.accreditation is 'A place may redeem vouchers of a programme for services between two days; the highest version counts';
grant select, insert on redemption.accreditation to {{role}};
create trigger append_only before update or delete on redemption.accreditation
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.accreditation
  for each statement execute function redemption.raise_reference_version();
