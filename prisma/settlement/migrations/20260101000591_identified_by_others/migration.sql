-- A credit that nobody could read pays a debit note only once a person has said so, and nobody who stands behind an account of the payee:
-- money that anybody sent would end what it owes, and the next run pay it in full.

create or replace function settlement.check_discharge() returns trigger language plpgsql set search_path = pg_catalog as $$
declare note settlement.debit_note;
begin
  perform pg_advisory_xact_lock(hashtextextended('settlement:debit note ' || new.debit_note_id, 0));
  select * into note from settlement.debit_note where id = new.debit_note_id;
  if new.amount > settlement.left_of_debit_note(note.id, note.amount) then
    raise exception 'debit note % would be owed less than nothing', new.debit_note_id using errcode = 'check_violation';
  end if;
  if new.kind = 'paid' and not exists (select from settlement.bank_line l where l.id = new.bank_line_id and l.amount = new.amount
      and l.bank_account_id = note.custody_account_id and l.kind in ('debit_note_paid', 'unknown_credit')) then
    raise exception 'debit note % is not paid by bank line %', new.debit_note_id, new.bank_line_id using errcode = 'check_violation';
  end if;
  if new.kind = 'paid' and exists (select from settlement.bank_line l where l.id = new.bank_line_id and l.kind = 'unknown_credit')
    and not exists (select from settlement.bank_line_identification i where i.bank_line_id = new.bank_line_id and i.debit_note_id = note.id
      and i.identified_by not in (select settlement.people_behind_payee(note.payee_id))) then
    raise exception 'nobody who may has said that bank line % pays debit note %', new.bank_line_id, note.id using errcode = 'check_violation';
  end if;
  if new.kind = 'lost' and not exists (select from settlement.debit_note_loss l join settlement.debit_note_loss_decision d on d.loss_id = l.id
      where l.id = new.loss_id and l.debit_note_id = new.debit_note_id and l.amount = new.amount and d.outcome = 'confirmed') then
    raise exception 'the loss of debit note % was not confirmed', new.debit_note_id using errcode = 'check_violation';
  end if;
  -- What a payment is about to pay is set off no more.
  if new.kind = 'set_off' and (not exists (select from settlement.statement s where s.id = new.statement_id and s.payee_id = note.payee_id
      and s.custody_account_id = note.custody_account_id and settlement.to_pay(s.id, s.net) >= new.amount)
    or exists (select from settlement.payment_statement p where p.statement_id = new.statement_id and p.live)) then
    raise exception 'debit note % cannot be set off against statement %', new.debit_note_id, new.statement_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
