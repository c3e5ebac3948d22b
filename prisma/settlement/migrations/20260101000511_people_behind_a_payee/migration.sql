-- What the operator gives to a payee, and what it gives up of what a payee owes, is decided by nobody who stands behind its bank account:
-- one person would lead money to an account and the same one would make the money.
create function settlement.people_behind_payee(payee uuid) returns setof text language sql stable as $$
  select distinct who from settlement.payee_bank_account b cross join lateral settlement.people_behind(b.id, null) as who
  where b.payee_id = payee and b.replaced_at is null
$$;

create or replace function settlement.check_incident_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare closed_up_to bigint; incident settlement.incident;
begin
  select * into incident from settlement.incident where id = new.incident_id;
  if new.outcome = 'validated' and incident.created_by = new.decided_by then
    raise exception 'incident % cannot be validated by who stated it', new.incident_id using errcode = 'check_violation';
  end if;
  if new.outcome = 'validated' and incident.kind = 'gesture'
      and exists (select from settlement.people_behind_payee(incident.payee_id) as who where who = new.decided_by) then
    raise exception 'gesture % cannot be validated by who stands behind the bank account of its payee', new.incident_id
      using errcode = 'check_violation';
  end if;
  -- Incidents count from the next closing on: a number that is closed already would leave them in no statement.
  select max(up_to_seq) into closed_up_to from settlement.statement_closing;
  if new.due_seq <> closed_up_to + 1 then
    raise exception 'incident % is due at %, but statements are closed up to %', new.incident_id, new.due_seq, closed_up_to
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function settlement.check_loss_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare loss settlement.debit_note_loss;
begin
  select * into loss from settlement.debit_note_loss where id = new.loss_id;
  if new.outcome = 'confirmed' and (loss.proposed_by = new.decided_by or exists (
      select from settlement.debit_note n cross join lateral settlement.people_behind_payee(n.payee_id) as who
      where n.id = loss.debit_note_id and who = new.decided_by)) then
    raise exception 'loss % cannot be confirmed by who proposed it, or stands behind the bank account of its payee', new.loss_id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_decision before insert on settlement.debit_note_loss_decision
  for each row execute function settlement.check_loss_decision();
