-- What was paid early stands on statements and in a list of the place: a reader sees its own payee's, as with what both are made of.
do $$
declare name text;
begin
  foreach name in array array['early_payment', 'early_payment_end', 'payment_early'] loop
    execute format('alter table settlement.%I enable row level security', name);
    execute format('create policy service on settlement.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on settlement.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on settlement.%I for select to mereau_inspector using (true)', name);
  end loop;
end $$;

create policy reader on settlement.early_payment for select to {{reader}}
  using (payee_id = (select s.payee_id from settlement.payee_site s));
create policy reader on settlement.early_payment_end for select to {{reader}}
  using (exists (select from settlement.early_payment e where e.id = early_payment_id));
create policy reader on settlement.payment_early for select to {{reader}}
  using (exists (select from settlement.early_payment e where e.id = early_payment_id));
grant select on settlement.early_payment, settlement.early_payment_end, settlement.payment_early to {{reader}};
