-- Redemption tells which places leave a programme by themselves. Nothing is held for that; a yearly charge of a day on which a place is gone,
-- as it said on an earlier day, is not owed for it.

create table settlement.known_departure (
  departure_id uuid primary key,
  place_id uuid not null,
  programme_id uuid not null,
  from_day date not null,
  -- At the place's site.
  stated_on date not null check (stated_on <= from_day)
);
create index known_departure_place on settlement.known_departure (place_id, programme_id);
comment on table settlement.known_departure is 'Copy of place.departure_stated: a place takes part in a programme no longer from a day on';
grant select, insert on settlement.known_departure to {{role}};
create trigger append_only before update or delete on settlement.known_departure
  for each row execute function settlement.refuse_change();

-- No foreign key: an end may be told before its beginning.
create table settlement.known_departure_end (
  departure_id uuid primary key,
  how text not null check (how in ('taken_back', 'accredited_again')),
  from_day date not null
);
comment on table settlement.known_departure_end is 'Copy of place.departure_ended: what ended a departure, and from which day of services on';
grant select, insert on settlement.known_departure_end to {{role}};
create trigger append_only before update or delete on settlement.known_departure_end
  for each row execute function settlement.refuse_change();

-- The one rule of who is gone on a day: said on an earlier day, from that day or an earlier one on, and not ended by then. Who says on the
-- day itself that it leaves has taken part on it. Kept to one plain select, so that the planner inlines it.
create function settlement.has_left(place uuid, programme uuid, on_day date) returns boolean language sql stable as $$
  select exists (select from settlement.known_departure d
    where d.place_id = place and d.programme_id = programme and d.from_day <= on_day and d.stated_on < on_day
      and not exists (select from settlement.known_departure_end e where e.departure_id = d.departure_id and e.from_day <= on_day))
$$;

-- The one rule of whether an accreditation makes its payee owe the charge of a day: the place may take vouchers on it, is not suspended or
-- withdrawn, and has not left.
create function settlement.takes_part(a settlement.known_accreditation, on_day date) returns boolean language sql stable as $$
  select a.valid_from <= on_day and a.valid_to >= on_day and not settlement.has_left(a.place_id, a.programme_id, on_day)
    and not exists (
      select from settlement.known_measure m where m.place_id = a.place_id and m.programme_id = a.programme_id and m.from_day <= on_day
        and not exists (select from settlement.known_measure_end e where e.measure_id = m.measure_id and e.from_day <= on_day))
$$;

-- As before, and by nobody of whose places none takes part on the day.
create or replace function settlement.check_place_charge() returns trigger language plpgsql set search_path = pg_catalog as $$
declare rule settlement.place_charge_rule;
begin
  select * into rule from settlement.place_charge_rule where from_day <= new.charged_on order by version desc limit 1;
  if (rule.version, rule.amount, settlement.vat_of_charge(rule.amount, rule.vat_basis_points), rule.custody_account_id)
      is distinct from (new.rule_version, new.fee, new.vat, new.custody_account_id)
    or to_char(rule.from_day, 'MM-DD') is distinct from to_char(new.charged_on, 'MM-DD')
    or new.charged_on > (new.charged_at at time zone 'Europe/Paris')::date then
    raise exception 'payee % is not charged this on %', new.payee_id, new.charged_on using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.payee_site s join settlement.known_accreditation a on a.place_id = s.place_id
      where s.payee_id = new.payee_id and settlement.takes_part(a, new.charged_on)) then
    raise exception 'no place of payee % takes part on %', new.payee_id, new.charged_on using errcode = 'check_violation';
  end if;
  return new;
end $$;
