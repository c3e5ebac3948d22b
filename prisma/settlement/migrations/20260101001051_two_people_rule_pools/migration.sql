-- Who decides about a pool is said by two people: one proposes a rule, another confirms it, and it may be taken back before its day. The
-- national pool has rules of its own, which divide nothing and name who decides.

create table settlement.national_pool_rule (
  version int primary key check (version > 0),
  effective_from date not null,
  deciders text[] not null check (cardinality(deciders) between 2 and 50),
  published_by text not null,
  published_at timestamptz not null,
  constraint not_of_a_day_that_has_begun check (effective_from > (published_at at time zone 'Europe/Paris')::date)
);
comment on table settlement.national_pool_rule is 'Who decides about the national pool, as somebody proposed it, by version and day of effect';
grant select, insert on settlement.national_pool_rule to {{role}};
create trigger append_only before update or delete on settlement.national_pool_rule
  for each row execute function settlement.refuse_change();

create table settlement.pool_rule_decision (
  pool text not null,
  version int not null,
  outcome text not null check (outcome in ('confirmed', 'withdrawn')),
  event_id uuid unique,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (pool, version, outcome),
  check (outcome = 'withdrawn' or event_id is not null)
);
comment on table settlement.pool_rule_decision is 'What became of a rule of a pool that somebody proposed: another confirmed it, or it was taken back before its day';
grant select, insert on settlement.pool_rule_decision to {{role}};
create trigger append_only before update or delete on settlement.pool_rule_decision
  for each row execute function settlement.refuse_change();

-- Rules of before had one person, and stand.
insert into settlement.pool_rule_decision (pool, version, outcome, event_id, decided_by, decided_at)
select programme_id::text, version, 'confirmed', event_id, published_by, published_at from settlement.sharing_rule;
alter table settlement.sharing_rule alter column event_id drop not null;
comment on column settlement.sharing_rule.event_id is 'Of rules of before two people were asked; later ones have it with their confirmation';
comment on column settlement.sharing_rule.published_by is 'Who proposed it';

create view settlement.standing_sharing_rule as
  select r.* from settlement.sharing_rule r
  join settlement.pool_rule_decision c on c.pool = r.programme_id::text and c.version = r.version and c.outcome = 'confirmed'
  where not exists (select from settlement.pool_rule_decision w where w.pool = r.programme_id::text and w.version = r.version and w.outcome = 'withdrawn');
grant select on settlement.standing_sharing_rule to {{role}};
create view settlement.standing_national_pool_rule as
  select r.* from settlement.national_pool_rule r
  join settlement.pool_rule_decision c on c.pool = 'general' and c.version = r.version and c.outcome = 'confirmed'
  where not exists (select from settlement.pool_rule_decision w where w.pool = 'general' and w.version = r.version and w.outcome = 'withdrawn');
grant select on settlement.standing_national_pool_rule to {{role}};

create or replace function settlement.sharing_rule_on(programme uuid, day date) returns settlement.sharing_rule language sql stable as $$
  select r.* from settlement.sharing_rule r where r.programme_id = programme and r.version =
    (select max(s.version) from settlement.standing_sharing_rule s where s.programme_id = programme and s.effective_from <= day)
$$;

-- Whom the rule of a pool names on a day: null where none is in force. Of the national pool every approver then decides, of another one nobody.
create function settlement.deciders_on(pool text, day date) returns text[] language sql stable as $$
  select case when pool = 'general'
    then (select r.deciders from settlement.standing_national_pool_rule r where r.effective_from <= day order by r.version desc limit 1)
    else (settlement.sharing_rule_on(pool::uuid, day)).deciders end
$$;
grant execute on function settlement.deciders_on(text, date) to {{role}};

-- One after the other: a rule that waits is confirmed or taken back before another one is proposed, and thirty days lie between two.
create or replace function settlement.check_sharing_rule() returns trigger language plpgsql set search_path = pg_catalog as $$
declare last_version int; last_from date;
begin
  -- A service of before, beside this one for some minutes, would tell a rule that nobody confirmed.
  if new.event_id is not null then
    raise exception 'sharing rule % of programme % is told by who confirms it', new.version, new.programme_id using errcode = 'check_violation';
  end if;
  select max(version) into last_version from settlement.sharing_rule where programme_id = new.programme_id;
  select max(effective_from) into last_from from settlement.standing_sharing_rule where programme_id = new.programme_id;
  if new.version <> coalesce(last_version, 0) + 1 or new.effective_from <= last_from
    or (last_from is not null and new.effective_from < (new.published_at at time zone 'Europe/Paris')::date + 30) then
    raise exception 'sharing rule % of programme % cannot have effect on %', new.version, new.programme_id, new.effective_from
      using errcode = 'check_violation';
  end if;
  if last_version is not null and not exists (select from settlement.pool_rule_decision d where d.pool = new.programme_id::text and d.version = last_version) then
    raise exception 'sharing rule % of programme % waits for somebody', last_version, new.programme_id using errcode = 'check_violation';
  end if;
  if (select count(distinct who) from unnest(new.deciders) who) <> cardinality(new.deciders) then
    raise exception 'sharing rule % of programme % names a person twice', new.version, new.programme_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function settlement.check_national_pool_rule() returns trigger language plpgsql set search_path = pg_catalog as $$
declare last_version int; last_from date;
begin
  select max(version) into last_version from settlement.national_pool_rule;
  select max(effective_from) into last_from from settlement.standing_national_pool_rule;
  if new.version <> coalesce(last_version, 0) + 1 or new.effective_from <= last_from
    or (last_from is not null and new.effective_from < (new.published_at at time zone 'Europe/Paris')::date + 30) then
    raise exception 'rule % of the national pool cannot have effect on %', new.version, new.effective_from using errcode = 'check_violation';
  end if;
  if last_version is not null and not exists (select from settlement.pool_rule_decision d where d.pool = 'general' and d.version = last_version) then
    raise exception 'rule % of the national pool waits for somebody', last_version using errcode = 'check_violation';
  end if;
  if (select count(distinct who) from unnest(new.deciders) who) <> cardinality(new.deciders) then
    raise exception 'rule % of the national pool names a person twice', new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_rule before insert on settlement.national_pool_rule
  for each row execute function settlement.check_national_pool_rule();

create function settlement.check_pool_rule_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare rule record; today date := (new.decided_at at time zone 'Europe/Paris')::date; confirmed boolean; earlier boolean; cap int; next_from date;
begin
  if new.pool = 'general' then
    select version, effective_from, published_by, 10000 as cap into rule from settlement.national_pool_rule where version = new.version;
    select exists (select from settlement.standing_national_pool_rule) into earlier;
  else
    select version, effective_from, published_by, operator_cap_basis_points as cap into rule
      from settlement.sharing_rule where programme_id::text = new.pool and version = new.version;
    select exists (select from settlement.standing_sharing_rule where programme_id::text = new.pool) into earlier;
  end if;
  select exists (select from settlement.pool_rule_decision where pool = new.pool and version = new.version and outcome = 'confirmed') into confirmed;
  if rule.version is null or exists (select from settlement.pool_rule_decision where pool = new.pool and version = new.version and outcome = 'withdrawn') then
    raise exception 'rule % of pool % is not there to be decided about', new.version, new.pool using errcode = 'check_violation';
  end if;
  if (new.outcome = 'confirmed' or confirmed) and rule.published_by = new.decided_by then
    raise exception 'rule % of pool % is not decided about by who proposed it', new.version, new.pool using errcode = 'check_violation';
  end if;
  if new.outcome = 'confirmed' and rule.effective_from < today + (case when earlier then 30 else 1 end)
    or new.outcome = 'withdrawn' and confirmed and rule.effective_from <= today then
    raise exception 'it is too late to decide about rule % of pool %', new.version, new.pool using errcode = 'check_violation';
  end if;
  if new.outcome = 'confirmed' and new.pool <> 'general' and exists (select from settlement.fee_rule f
    where f.programme_id::text = new.pool and f.fee_basis_points > rule.cap and f.effective_from >= coalesce((select max(effective_from) from settlement.fee_rule
      where programme_id::text = new.pool and effective_from <= rule.effective_from), rule.effective_from)) then
    raise exception 'the operator takes more of programme % than sharing rule % allows', new.pool, new.version using errcode = 'check_violation';
  end if;
  -- The rule before it goes on instead: fees that were published under the cap of this one have to fit that.
  if new.outcome = 'withdrawn' and confirmed and new.pool <> 'general' then
    select s.operator_cap_basis_points into cap from settlement.standing_sharing_rule s
      where s.programme_id::text = new.pool and s.version <> new.version and s.effective_from <= rule.effective_from order by s.effective_from desc limit 1;
    select min(s.effective_from) into next_from from settlement.standing_sharing_rule s
      where s.programme_id::text = new.pool and s.version <> new.version and s.effective_from > rule.effective_from;
    if exists (select from settlement.fee_rule f
      where f.programme_id::text = new.pool and f.fee_basis_points > cap and (next_from is null or f.effective_from < next_from)
        and f.effective_from >= coalesce((select max(effective_from) from settlement.fee_rule
          where programme_id::text = new.pool and effective_from <= rule.effective_from), rule.effective_from)) then
      raise exception 'without sharing rule % the operator takes more of programme % than is allowed', new.version, new.pool using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger check_decision before insert on settlement.pool_rule_decision
  for each row execute function settlement.check_pool_rule_decision();

create or replace function settlement.check_operator_share() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.standing_sharing_rule s where s.programme_id = new.programme_id and s.operator_cap_basis_points < new.fee_basis_points
    and s.effective_from >= coalesce((select max(effective_from) from settlement.standing_sharing_rule
      where programme_id = new.programme_id and effective_from <= new.effective_from), new.effective_from)) then
    raise exception 'fee rule % of programme % takes more than its sharing rule allows the operator', new.version, new.programme_id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function settlement.check_pool() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.pool <> 'general' and not exists (select from settlement.standing_sharing_rule r where r.programme_id::text = new.pool) then
    raise exception '% is no pool of the commons', new.pool using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function settlement.check_decider() returns trigger language plpgsql set search_path = pg_catalog as $$
declare pool text; named text[];
begin
  select a.pool into pool from settlement.allocation a where a.id = new.allocation_id;
  named := settlement.deciders_on(pool, (new.at at time zone 'Europe/Paris')::date);
  if (case when named is null then pool <> 'general' else not new.user_id = any(named) end) then
    raise exception 'allocation % is not decided by whom the rule of its pool does not name', new.allocation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function settlement.check_deciders() returns trigger language plpgsql set search_path = pg_catalog as $$
declare pool text; named text[];
begin
  select a.pool into pool from settlement.allocation a where a.id = new.allocation_id;
  named := settlement.deciders_on(pool, (new.decided_at at time zone 'Europe/Paris')::date);
  if new.outcome = 'voted' and (pool <> 'general' or named is not null) and (
    select count(*) from settlement.allocation_voice v where v.allocation_id = new.allocation_id and v.voice = 'for' and v.user_id = any(named)) < 2 then
    raise exception 'allocation % was not voted by two whom the rule of its pool names', new.allocation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function settlement.check_commons_share() returns trigger language plpgsql set search_path = pg_catalog as $$
declare rule settlement.sharing_rule; posted bigint;
begin
  select r.* into rule from settlement.sharing_rule r join settlement.standing_sharing_rule s on s.programme_id = r.programme_id and s.version = r.version
    where r.programme_id = new.programme_id and r.version = new.sharing_rule_version;
  if rule.version is null or rule.effective_from > (new.at at time zone 'Europe/Paris')::date then
    raise exception 'sharing rule % of programme % has no effect yet', new.sharing_rule_version, new.programme_id using errcode = 'check_violation';
  end if;
  if abs(new.local * 10000 - (new.local + new.national) * rule.local_basis_points) >= 10000 then
    raise exception 'event % gives pool % another share than its rule', new.event_id, new.programme_id using errcode = 'check_violation';
  end if;
  select coalesce(sum(amount), 0) into posted from settlement.transfer where event_id = new.event_id and credit = 'commons:' || new.programme_id;
  if posted <> new.local then
    raise exception 'event % gives pool % another sum than it posted', new.event_id, new.programme_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
