-- Portals read as one of two roles that the service takes for one transaction (libs/persistence, readAs): the reader sees what belongs to
-- the organisation in `mereau.org`, and nothing without one; the overseer, for the operator and auditors, sees every row. Neither writes.
-- The service itself decides about everybody's money: its own policy leaves it every row, and costs no plan anything.

create function settlement.reading_place() returns uuid language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('mereau.org', true), '')::uuid
$$;
comment on function settlement.reading_place() is 'The place that a reader reads for, of this transaction; null for nobody';

do $$
declare name text;
begin
  foreach name in array array[
    'payee_site', 'payee', 'claim_line', 'hold', 'held_line', 'hold_decision', 'incident', 'incident_decision', 'statement', 'statement_fee',
    'payment', 'payment_statement', 'payment_movement', 'payment_rejection', 'payee_bank_account', 'stripe_transfer',
    'debit_note', 'debit_note_discharge', 'debit_note_loss', 'debit_note_loss_decision', 'place_invoice', 'place_invoice_discharge'
  ] loop
    execute format('alter table settlement.%I enable row level security', name);
    execute format('create policy service on settlement.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on settlement.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on settlement.%I for select to mereau_inspector using (true)', name);
  end loop;
end $$;

-- One place has one payee: under its own policy, the table of both holds one row for a reader, which the others are compared with. It is
-- read once per statement, and their indices by payee serve.
create policy reader on settlement.payee_site for select to {{reader}} using (place_id = (select settlement.reading_place()));
create policy reader on settlement.payee for select to {{reader}} using (id = (select s.payee_id from settlement.payee_site s));
do $$
declare name text;
begin
  foreach name in array array['claim_line', 'hold', 'incident', 'statement', 'payment', 'payee_bank_account', 'debit_note', 'place_invoice'] loop
    execute format('create policy reader on settlement.%I for select to {{reader}} using (payee_id = (select s.payee_id from settlement.payee_site s))', name);
  end loop;
end $$;
-- What has no payee of its own follows what it belongs to, by that one's key.
create policy reader on settlement.held_line for select to {{reader}}
  using (exists (select from settlement.hold h where h.id = hold_id));
create policy reader on settlement.hold_decision for select to {{reader}}
  using (exists (select from settlement.hold h where h.id = hold_id));
create policy reader on settlement.incident_decision for select to {{reader}}
  using (exists (select from settlement.incident i where i.id = incident_id));
create policy reader on settlement.statement_fee for select to {{reader}}
  using (exists (select from settlement.statement s where s.id = statement_id));
create policy reader on settlement.payment_statement for select to {{reader}}
  using (exists (select from settlement.statement s where s.id = statement_id));
create policy reader on settlement.payment_movement for select to {{reader}}
  using (exists (select from settlement.payment p where p.id = payment_id));
create policy reader on settlement.payment_rejection for select to {{reader}}
  using (exists (select from settlement.payment p where p.id = payment_id));
create policy reader on settlement.stripe_transfer for select to {{reader}}
  using (exists (select from settlement.payment p where p.id = payment_id));
create policy reader on settlement.debit_note_discharge for select to {{reader}}
  using (exists (select from settlement.debit_note n where n.id = debit_note_id));
create policy reader on settlement.place_invoice_discharge for select to {{reader}}
  using (exists (select from settlement.place_invoice i where i.id = place_invoice_id));
-- debit_note_loss and its decisions have no policy for readers: that somebody thinks of writing off is told to nobody outside.

grant select on
  settlement.payee_site, settlement.payee, settlement.claim_line, settlement.hold, settlement.held_line, settlement.hold_decision, settlement.incident,
  settlement.incident_decision, settlement.statement, settlement.statement_fee, settlement.payment, settlement.payment_statement,
  settlement.payment_movement, settlement.payment_rejection, settlement.payee_bank_account, settlement.stripe_transfer, settlement.debit_note,
  settlement.debit_note_discharge, settlement.debit_note_loss, settlement.debit_note_loss_decision, settlement.place_invoice,
  settlement.place_invoice_discharge
  to {{reader}};
-- Of nobody in particular: rules, names, closings and the day of a run.
grant select on settlement.statement_closing, settlement.known_place, settlement.known_programme, settlement.fee_rule to {{reader}};
grant select (id, execution_on, created_at, released_at) on settlement.settlement_run to {{reader}};

-- A view reads with the rights of whoever asks, or it would be the way around.
alter view settlement.statement_line set (security_invoker = true);
grant select on settlement.statement_line to {{reader}};
