-- A yearly charge to places: rules by version and day, and what each payee was charged, once a year. A charge is owed whole by who may
-- take vouchers on its day; who left before owes nothing. It is never a part of a year.

create table settlement.place_charge_rule (
  version int primary key check (version > 0),
  -- The first day on which it charges, and the same day of each later year until a later version.
  from_day date not null check (not (extract(month from from_day) = 2 and extract(day from from_day) = 29)),
  amount bigint not null check (amount >= 0),
  vat_basis_points int not null check (vat_basis_points between 0 and 10000),
  currency char(3) not null check (currency = 'EUR'),
  -- To be paid on this account of ours, and netted against its statements.
  custody_account_id uuid not null references settlement.bank_account,
  -- What the platform let a charge come to, VAT included, when this one was published.
  platform_cap bigint not null check (platform_cap >= 0),
  published_by text not null,
  published_at timestamptz not null
);
comment on table settlement.place_charge_rule is 'What payees are charged once a year, from a day on; an amount of nothing ends it';
grant select, insert on settlement.place_charge_rule to {{role}};
create trigger append_only before update or delete on settlement.place_charge_rule
  for each row execute function settlement.refuse_change();

-- VAT on a charge, rounded half up to the cent.
create function settlement.vat_of_charge(amount bigint, vat_basis_points int) returns bigint language sql immutable as $$
  select (amount * vat_basis_points + 5000) / 10000
$$;

create function settlement.check_place_charge_rule() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  last settlement.place_charge_rule;
  today date := (new.published_at at time zone 'Europe/Paris')::date;
begin
  select * into last from settlement.place_charge_rule order by version desc limit 1;
  if new.version <> coalesce(last.version, 0) + 1 then
    raise exception 'charge rule % does not follow %', new.version, coalesce(last.version, 0) using errcode = 'check_violation';
  end if;
  if new.amount + settlement.vat_of_charge(new.amount, new.vat_basis_points) > new.platform_cap then
    raise exception 'charge rule % is above its cap', new.version using errcode = 'check_violation';
  end if;
  if new.from_day <= last.from_day or new.from_day < today or (new.amount > 0 and new.from_day < today + 30) then
    raise exception 'charge rule % cannot have effect on %', new.version, new.from_day using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_rule before insert on settlement.place_charge_rule
  for each row execute function settlement.check_place_charge_rule();

create table settlement.place_charge (
  id uuid primary key,
  payee_id uuid not null references settlement.payee,
  year int not null,
  rule_version int not null references settlement.place_charge_rule,
  charged_on date not null,
  custody_account_id uuid not null,
  fee bigint not null check (fee > 0),
  vat bigint not null check (vat >= 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  charged_at timestamptz not null,
  constraint charged_once_a_year unique (payee_id, year),
  check (year = extract(year from charged_on))
);
comment on table settlement.place_charge is 'What a payee was charged for a year: whole, once, by the rule of the day';
grant select, insert on settlement.place_charge to {{role}};
create trigger append_only before update or delete on settlement.place_charge
  for each row execute function settlement.refuse_change();

create function settlement.check_place_charge() returns trigger language plpgsql set search_path = pg_catalog as $$
declare rule settlement.place_charge_rule;
begin
  select * into rule from settlement.place_charge_rule where from_day <= new.charged_on order by version desc limit 1;
  if (rule.version, rule.amount, settlement.vat_of_charge(rule.amount, rule.vat_basis_points), rule.custody_account_id)
      is distinct from (new.rule_version, new.fee, new.vat, new.custody_account_id)
    or to_char(rule.from_day, 'MM-DD') is distinct from to_char(new.charged_on, 'MM-DD')
    or new.charged_on > (new.charged_at at time zone 'Europe/Paris')::date then
    raise exception 'payee % is not charged this on %', new.payee_id, new.charged_on using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_charge before insert on settlement.place_charge
  for each row execute function settlement.check_place_charge();
