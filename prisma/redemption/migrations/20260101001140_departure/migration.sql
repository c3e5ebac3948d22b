-- A place leaves a programme by itself, from a day on: no measure, and nobody is suspected of anything. It may take that back before the
-- day; afterwards it comes back by an application of its own.

create table redemption.departure (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  programme_id uuid not null references redemption.known_programme (programme_id),
  -- Services of this day, at the place's site, are the first that are refused.
  from_day date not null,
  -- In the place's own words; it owes nobody any.
  reason text check (length(reason) between 1 and 1000),
  stated_by text not null,
  stated_at timestamptz not null
);
create index departure_place on redemption.departure (place_id, programme_id);
comment on table redemption.departure is 'A place takes part in a programme no longer from a day on, by its own word';
grant select, insert on redemption.departure to {{role}};
create trigger append_only before update or delete on redemption.departure
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.departure
  for each statement execute function redemption.raise_reference_version();

create table redemption.departure_end (
  departure_id uuid primary key references redemption.departure (id),
  how text not null check (how in ('taken_back', 'accredited_again')),
  -- Services of this day or later are barred no more; taken back: the first day of the departure, which then barred nothing.
  from_day date not null,
  ended_by text not null,
  ended_at timestamptz not null
);
comment on table redemption.departure_end is 'What ended a departure: the place took it back before its day, or was accredited again on its application';
grant select, insert on redemption.departure_end to {{role}};
create trigger append_only before update or delete on redemption.departure_end
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.departure_end
  for each statement execute function redemption.raise_reference_version();

-- The one rule of which services a departure bars: from its first day to before `until_day`; null: to no end yet.
create view redemption.departure_span with (security_invoker = true) as
  select d.id, d.place_id, d.programme_id, d.from_day, d.stated_at, e.from_day as until_day
  from redemption.departure d left join redemption.departure_end e on e.departure_id = d.id;
comment on view redemption.departure_span is 'Each departure with the days of service that it bars';
grant select on redemption.departure_span to {{role}};

-- Between today at the site and a year from then, and one at a time.
create function redemption.check_departure() returns trigger language plpgsql set search_path = pg_catalog as $$
declare today date := (select (new.stated_at at time zone s.time_zone)::date from redemption.site s where s.place_id = new.place_id);
begin
  if not exists (select from redemption.accreditation a
      where a.place_id = new.place_id and a.programme_id = new.programme_id and a.to_day >= new.from_day) then
    raise exception 'place % has nothing to leave in programme % on %', new.place_id, new.programme_id, new.from_day using errcode = 'check_violation';
  end if;
  if exists (select from redemption.departure_span s
      where s.place_id = new.place_id and s.programme_id = new.programme_id and s.until_day is null) then
    raise exception 'place % leaves programme % already', new.place_id, new.programme_id using errcode = 'check_violation';
  end if;
  if new.from_day < today or new.from_day > today + 365 then
    raise exception 'a departure has no effect on %', new.from_day using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_departure before insert on redemption.departure
  for each row execute function redemption.check_departure();

create function redemption.check_departure_end() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  ended redemption.departure;
  today date;
begin
  select * into ended from redemption.departure where id = new.departure_id;
  today := (select (new.ended_at at time zone s.time_zone)::date from redemption.site s where s.place_id = ended.place_id);
  if new.how = 'taken_back' and (new.from_day <> ended.from_day or today >= ended.from_day)
      or new.how = 'accredited_again' and new.from_day < greatest(ended.from_day, today) then
    raise exception 'departure % does not end on %', ended.id, new.from_day using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_departure_end before insert on redemption.departure_end
  for each row execute function redemption.check_departure_end();

-- Read as measures are: a place its own, the operator and auditors all.
do $$
declare name text;
begin
  foreach name in array array['departure', 'departure_end'] loop
    execute format('alter table redemption.%I enable row level security', name);
    execute format('create policy service on redemption.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on redemption.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on redemption.%I for select to mereau_inspector using (true)', name);
    execute format('grant select on redemption.%I to {{reader}}', name);
  end loop;
end $$;
create policy reader on redemption.departure for select to {{reader}}
  using (place_id = (select nullif(current_setting('mereau.org', true), '')::uuid));
create policy reader on redemption.departure_end for select to {{reader}}
  using (exists (select from redemption.departure d where d.id = departure_id));
grant select on redemption.departure_span to {{reader}};
