-- Who asked for an early payment, as the manager of a place, may be an approver of the operator, too: then somebody else approves.
create function settlement.refuse_asker() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.payment p
    join settlement.payment_early pe on pe.payment_id = p.id
    join settlement.early_payment e on e.id = pe.early_payment_id
    where p.run_id = new.run_id and e.asked_by = new.user_id) then
    raise exception 'run % cannot be approved by who asked for an early payment that it pays', new.run_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_asker before insert on settlement.approval for each row execute function settlement.refuse_asker();
