-- A version of an official list is in force once somebody other than who imported it has seen what it changes.
create table redemption.zone_decision (
  file_import_id uuid primary key references redemption.file_import (id),
  list text not null check (list in ('density', 'quarters')),
  -- From 1 on, per list: two of one moment have an order, and two deciders at once meet here.
  number int not null check (number > 0),
  outcome text not null check (outcome in ('accepted', 'set_aside')),
  -- The version that was in force when its difference was looked at; null: none was.
  compared_with uuid references redemption.file_import (id),
  reason text check (length(reason) between 1 and 500),
  decided_by text not null,
  decided_at timestamptz not null,
  unique (list, number),
  constraint who_sets_aside_says_why check (outcome = 'accepted' or reason is not null)
);
comment on table redemption.zone_decision is 'What somebody decided of an imported version of a list of zones: in force from then on, or set aside';
grant select, insert on redemption.zone_decision to {{role}};
create trigger append_only before update or delete on redemption.zone_decision
  for each row execute function redemption.refuse_change();

-- Two people also where a handler forgot: who imported a version does not bring it into force.
create function redemption.refuse_own_zones() returns trigger language plpgsql as $$
begin
  if new.outcome = 'accepted' and (select started_by from redemption.file_import where id = new.file_import_id) = new.decided_by then
    raise exception 'zones are accepted by another person than who imported them' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Versions of before were in force as soon as they were read, and stay so: nobody else was asked.
insert into redemption.zone_decision (file_import_id, list, number, outcome, decided_by, decided_at)
select id, substr(kind, 6), row_number() over (partition by kind order by finished_at, id), 'accepted', started_by, finished_at
from redemption.file_import
where kind in ('zonesdensity', 'zonesquarters') and finished_at is not null and imported > 0;
create trigger another_person before insert on redemption.zone_decision
  for each row execute function redemption.refuse_own_zones();
