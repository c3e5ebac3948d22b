-- A place stops taking vouchers of a programme: suspended until it is reinstated, or withdrawn until it is accredited again.

create table redemption.measure (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  programme_id uuid not null references redemption.known_programme (programme_id),
  kind text not null check (kind in ('suspension', 'withdrawal')),
  -- Services of this day, at the place's site, are the first that are refused.
  from_day date not null,
  reason text not null check (reason in ('fraud_suspected', 'conditions_not_met', 'documents_missing', 'not_reachable', 'place_closed',
    'asked_by_place', 'other')),
  explanation text not null check (length(explanation) between 1 and 2000),
  decided_by text not null,
  decided_at timestamptz not null
);
create index measure_place on redemption.measure (place_id, programme_id);
comment on table redemption.measure is 'A suspension or a withdrawal of a place for a programme, from a day on; in force when committed';
grant select, insert on redemption.measure to {{role}};
create trigger append_only before update or delete on redemption.measure
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.measure
  for each statement execute function redemption.raise_reference_version();

create table redemption.measure_end (
  measure_id uuid not null references redemption.measure (id),
  how text not null check (how in ('reinstated', 'overturned', 'accredited_again')),
  -- Services of this day or later are barred no more; overturned on appeal: the first day of the measure, which then barred nothing.
  from_day date not null,
  explanation text check (length(explanation) between 1 and 2000),
  ended_by text not null,
  ended_at timestamptz not null,
  primary key (measure_id, how),
  check ((explanation is null) = (how = 'accredited_again'))
);
comment on table redemption.measure_end is 'What ended a measure; the earliest day of its ends counts';
grant select, insert on redemption.measure_end to {{role}};
create trigger append_only before update or delete on redemption.measure_end
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.measure_end
  for each statement execute function redemption.raise_reference_version();

-- The one rule of which services a measure bars: from its first day to before `until_day`; null: to no end yet.
create view redemption.measure_span as
  select m.id, m.place_id, m.programme_id, m.kind, m.from_day, m.decided_at,
    (select min(e.from_day) from redemption.measure_end e where e.measure_id = m.id) as until_day
  from redemption.measure m;
comment on view redemption.measure_span is 'Each measure with the days of service that it bars';
grant select on redemption.measure_span to {{role}};

create function redemption.check_measure() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from redemption.accreditation a where a.place_id = new.place_id and a.programme_id = new.programme_id) then
    raise exception 'place % was never accredited for programme %', new.place_id, new.programme_id using errcode = 'check_violation';
  end if;
  if exists (select from redemption.measure_span s
      where s.place_id = new.place_id and s.programme_id = new.programme_id and s.kind = new.kind and s.until_day is null) then
    raise exception 'place % has an open % for programme % already', new.place_id, new.kind, new.programme_id using errcode = 'check_violation';
  end if;
  if new.from_day < (select (new.decided_at at time zone s.time_zone)::date from redemption.site s where s.place_id = new.place_id) then
    raise exception 'a measure does not reach back to %', new.from_day using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_measure before insert on redemption.measure
  for each row execute function redemption.check_measure();

-- A withdrawal is ended by another accreditation, a suspension by the operator, each by an appeal. None gives a service back
-- that was barred, but an appeal.
create function redemption.check_measure_end() returns trigger language plpgsql set search_path = pg_catalog as $$
declare ended redemption.measure;
begin
  select * into ended from redemption.measure where id = new.measure_id;
  if new.how = 'reinstated' and ended.kind <> 'suspension' or new.how = 'accredited_again' and ended.kind <> 'withdrawal' then
    raise exception '% % is not ended as %', ended.kind, ended.id, new.how using errcode = 'check_violation';
  end if;
  if new.how = 'overturned' and new.from_day <> ended.from_day or new.from_day < ended.from_day
      or new.how <> 'overturned'
        and new.from_day < (select (new.ended_at at time zone s.time_zone)::date from redemption.site s where s.place_id = ended.place_id) then
    raise exception '% % does not end on %', ended.kind, ended.id, new.from_day using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_measure_end before insert on redemption.measure_end
  for each row execute function redemption.check_measure_end();
