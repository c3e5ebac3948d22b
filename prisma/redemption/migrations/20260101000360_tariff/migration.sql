-- What a place asks for one participation in a service, version by version. None is ever edited: the next one ends it by comparison.

create table redemption.tariff (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  -- The services of the national nomenclature, as in libs/contracts/src/service-codes.ts (a test compares).
  service text not null check (service in (
    'administrative_steps', 'everyday_tools', 'employment', 'safe_use', 'family_and_education', 'leisure_and_creation',
    'digital_world', 'access_and_equipment', 'equipment_at_solidarity_price')),
  version smallint not null check (version > 0),
  from_day date not null,
  preparation int not null check (preparation between 0 and 10000000),
  rendering_minutes int not null check (rendering_minutes between 0 and 1440),
  hourly_cost int not null check (hourly_cost between 0 and 1000000),
  premises int not null check (premises between 0 and 10000000),
  travel int not null check (travel between 0 and 10000000),
  other int not null check (other between 0 and 10000000),
  other_name text check (length(other_name) between 1 and 100),
  group_size int not null check (group_size between 1 and 1000),
  price int not null check (price > 0),
  currency char(3) not null check (currency = 'EUR'),
  needs_approval boolean not null,
  declared_by text not null,
  declared_at timestamptz not null,
  unique (place_id, service, version),
  constraint other_is_named check (other = 0 or other_name is not null),
  -- What the session costs, split among its group; both divisions to the cent above, so that a full group pays for it.
  constraint price_is_composed check (price =
    (preparation + (hourly_cost * rendering_minutes + 59) / 60 + premises + travel + other + group_size - 1) / group_size),
  -- Today at the place; somewhere on earth it is still twelve hours earlier than in UTC.
  constraint not_backdated check (from_day >= ((declared_at at time zone 'UTC') - interval '12 hours')::date)
);
comment on table redemption.tariff is 'A version of what a place asks for one participation in a service, and what that is composed of; cents';
comment on column redemption.tariff.needs_approval is 'A raise of a place that is accredited where the rules want raises approved: counts from its approval';
grant select, insert on redemption.tariff to {{role}};
create trigger append_only before update or delete on redemption.tariff
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.tariff
  for each statement execute function redemption.raise_reference_version();

create table redemption.tariff_approval (
  tariff_id uuid primary key references redemption.tariff (id),
  counts_from date not null,
  approved_by text not null,
  approved_at timestamptz not null
);
comment on table redemption.tariff_approval is 'Raises that the operator approved, and the day from which they count: their own, or that of the approval when it came later';
grant select, insert on redemption.tariff_approval to {{role}};
create trigger append_only before update or delete on redemption.tariff_approval
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.tariff_approval
  for each statement execute function redemption.raise_reference_version();

create function redemption.check_tariff_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from redemption.tariff t where t.id = new.tariff_id and t.needs_approval and t.from_day <= new.counts_from) then
    raise exception 'tariff % wants no approval, or not for % yet', new.tariff_id, new.counts_from using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_tariff_approval before insert on redemption.tariff_approval
  for each row execute function redemption.check_tariff_approval();

create view redemption.counting_tariff as
  select t.id, t.place_id, t.service, t.version, t.price, coalesce(a.counts_from, t.from_day) as from_day
  from redemption.tariff t left join redemption.tariff_approval a on a.tariff_id = t.id
  where not t.needs_approval or a.tariff_id is not null;
comment on view redemption.counting_tariff is 'Tariffs that count from a day on; on any day the one with the highest version among those whose day has come';
grant select on redemption.counting_tariff to {{role}};

alter table redemption.known_programme_rule
  add column tariff_raise_needs_approval boolean not null default false;
comment on column redemption.known_programme_rule.tariff_raise_needs_approval is 'An accredited place that raises a tariff waits for the operator';
