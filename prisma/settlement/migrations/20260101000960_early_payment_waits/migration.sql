-- What was asked for before a place of its payee was suspended or withdrawn does not leave after it, as statements do not. What was netted
-- already and came back is not asked: its statement was looked at, and a place that is withdrawn for ever would never have it.
create function settlement.early_payment_waits(early uuid, today date) returns boolean language sql stable as $$
  select exists (select from settlement.early_payment e
    join settlement.payee_site s on s.payee_id = e.payee_id
    join settlement.known_measure m on m.place_id = s.place_id and m.from_day <= today
    where e.id = early and settlement.left_of_early_payment(e.id, e.amount) > 0
      and not exists (select from settlement.known_measure_end x where x.measure_id = m.measure_id and x.from_day <= today))
$$;
grant execute on function settlement.early_payment_waits(uuid, date) to {{role}};

create function settlement.refuse_waiting_early_payments() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.payment p join settlement.payment_early pe on pe.payment_id = p.id
    where p.run_id = new.id and settlement.early_payment_waits(pe.early_payment_id, (new.released_at at time zone 'Europe/Paris')::date)) then
    raise exception 'run % pays early to a place that was suspended or withdrawn', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_waiting_early_payments before update on settlement.settlement_run
  for each row when (new.purpose = 'early' and new.state = 'released' and old.state <> 'released') execute function settlement.refuse_waiting_early_payments();
