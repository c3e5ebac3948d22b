-- A pool is the national one or that of a programme with a sharing rule, and those whom the rule of the day names decide about the latter.

create function settlement.check_pool() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.pool <> 'general' and not exists (select from settlement.sharing_rule r where r.programme_id::text = new.pool) then
    raise exception '% is no pool of the commons', new.pool using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_pool before insert on settlement.allocation
  for each row execute function settlement.check_pool();
create trigger check_pool before insert on settlement.early_payment
  for each row execute function settlement.check_pool();

create function settlement.check_decider() returns trigger language plpgsql set search_path = pg_catalog as $$
declare pool text;
begin
  select a.pool into pool from settlement.allocation a where a.id = new.allocation_id;
  if pool <> 'general' and not coalesce(new.user_id = any(
    (settlement.sharing_rule_on(pool::uuid, (new.at at time zone 'Europe/Paris')::date)).deciders), false) then
    raise exception 'allocation % is not decided by whom the rule of its pool does not name', new.allocation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_decider before insert on settlement.allocation_voice
  for each row execute function settlement.check_decider();

-- Of a programme's pool, two voices of whom the rule of the day of the vote names: one of somebody whom it names no longer does not count.
create function settlement.check_deciders() returns trigger language plpgsql set search_path = pg_catalog as $$
declare pool text;
begin
  select a.pool into pool from settlement.allocation a where a.id = new.allocation_id;
  if new.outcome = 'voted' and pool <> 'general' and (
    select count(*) from settlement.allocation_voice v where v.allocation_id = new.allocation_id and v.voice = 'for' and v.user_id = any(
      (settlement.sharing_rule_on(pool::uuid, (new.decided_at at time zone 'Europe/Paris')::date)).deciders)) < 2 then
    raise exception 'allocation % was not voted by two whom the rule of its pool names', new.allocation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_deciders before insert on settlement.allocation_decision
  for each row execute function settlement.check_deciders();
