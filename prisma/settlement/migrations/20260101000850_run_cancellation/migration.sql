-- Why a run was cancelled, and by whom. Those of before have no reason, and none is made up for them.
create table settlement.run_cancellation (
  run_id uuid primary key references settlement.settlement_run,
  reason text not null check (length(reason) between 1 and 500),
  cancelled_by text not null,
  cancelled_at timestamptz not null
);
comment on table settlement.run_cancellation is 'Who cancelled a run before its release, and why';
grant select, insert on settlement.run_cancellation to {{role}};
create trigger append_only before update or delete on settlement.run_cancellation
  for each row execute function settlement.refuse_change();

-- At commit: a cancelled run has its reason, and a reason belongs to a cancelled run. Neither is there without the other.
create function settlement.check_run_cancellation() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.run_cancellation c where c.run_id = new.id) then
    raise exception 'run % is cancelled without a reason', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_cancellation after update of state on settlement.settlement_run
  deferrable initially deferred for each row when (new.state = 'cancelled') execute function settlement.check_run_cancellation();

create function settlement.check_cancelled_run() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.settlement_run r where r.id = new.run_id and r.state = 'cancelled') then
    raise exception 'run % is not cancelled', new.run_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_run after insert on settlement.run_cancellation
  deferrable initially deferred for each row execute function settlement.check_cancelled_run();
