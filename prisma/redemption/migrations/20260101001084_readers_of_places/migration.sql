-- What a till or a manager looks at is read as the reader: devices, the list of the day, workshops, tariffs, applications, measures, appeals. A
-- till that redeems goes on as the service itself, whose policy leaves it every row and adds nothing to its plans.
do $$
declare name text;
begin
  foreach name in array array[
    'till_device', 'device_rule', 'tariff', 'tariff_approval', 'application', 'application_step', 'measure', 'measure_end', 'appeal', 'appeal_answer'
  ] loop
    execute format('alter table redemption.%I enable row level security', name);
    execute format('create policy service on redemption.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on redemption.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on redemption.%I for select to mereau_inspector using (true)', name);
    execute format('grant select on redemption.%I to {{reader}}', name);
  end loop;
  foreach name in array array['till_device', 'device_rule', 'tariff', 'application', 'measure', 'appeal'] loop
    execute format('create policy reader on redemption.%I for select to {{reader}}
      using (place_id = (select nullif(current_setting(''mereau.org'', true), '''')::uuid))', name);
  end loop;
end $$;
-- What has no place of its own follows what it belongs to, by that one's key.
create policy reader on redemption.tariff_approval for select to {{reader}} using (exists (select from redemption.tariff t where t.id = tariff_id));
create policy reader on redemption.application_step for select to {{reader}} using (exists (select from redemption.application a where a.id = application_id));
create policy reader on redemption.measure_end for select to {{reader}} using (exists (select from redemption.measure m where m.id = measure_id));
create policy reader on redemption.appeal_answer for select to {{reader}} using (exists (select from redemption.appeal a where a.id = appeal_id));

-- Of nobody in particular: where places are and what they are called, and what is asked of those that apply.
grant select on redemption.site, redemption.questionnaire to {{reader}};
grant select (id, name) on redemption.place to {{reader}};

-- A view reads with the rights of whoever asks, or it would be the way around.
alter view redemption.counting_tariff set (security_invoker = true);
alter view redemption.measure_span set (security_invoker = true);
alter view redemption.contestable set (security_invoker = true);
grant select on redemption.counting_tariff, redemption.measure_span, redemption.contestable to {{reader}};
