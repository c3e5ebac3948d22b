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
