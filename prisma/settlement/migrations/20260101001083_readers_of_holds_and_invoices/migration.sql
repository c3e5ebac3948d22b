-- Holds, documents to places, what is carried over and accepted terms are read as the reader too: it sees what is of the payee behind its place.
do $$
declare name text;
begin
  foreach name in array array['carry_over', 'place_charge', 'netting_acceptance', 'known_measure', 'known_alert', 'known_alert_appeal', 'known_alert_answer'] loop
    execute format('alter table settlement.%I enable row level security', name);
    execute format('create policy service on settlement.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on settlement.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on settlement.%I for select to mereau_inspector using (true)', name);
    execute format('grant select on settlement.%I to {{reader}}', name);
  end loop;
  foreach name in array array['carry_over', 'place_charge', 'netting_acceptance'] loop
    execute format('create policy reader on settlement.%I for select to {{reader}} using (payee_id = (select s.payee_id from settlement.payee_site s))', name);
  end loop;
end $$;
-- Why lines are held is told to the payee whose lines they are, also where the reason is another place of it.
create policy reader on settlement.known_measure for select to {{reader}}
  using (exists (select from settlement.hold h where h.measure_id = known_measure.measure_id));
create policy reader on settlement.known_alert for select to {{reader}}
  using (exists (select from settlement.hold h where h.alert_id = known_alert.alert_id));
create policy reader on settlement.known_alert_answer for select to {{reader}}
  using (exists (select from settlement.known_alert a where a.alert_id = known_alert_answer.alert_id));
create policy reader on settlement.known_alert_appeal for select to {{reader}}
  using (exists (select from settlement.known_alert a where a.alert_id = known_alert_appeal.alert_id));

-- Of nobody in particular: the rules by which programmes are closed.
grant select on settlement.closing_rule to {{reader}};

-- A view reads with the rights of whoever asks, or it would be the way around.
alter view settlement.open_place_invoice set (security_invoker = true);
grant select on settlement.open_place_invoice to {{reader}};
