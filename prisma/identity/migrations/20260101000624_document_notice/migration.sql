-- A notice is also of a document to a payee (a statement, an invoice, a credit note, a debit note), or of a yearly charge that changes. Of
-- statements people may hear nothing, if they choose so; what asks for money, or says by when to leave, nobody declines.
alter table identity.notice
  add column document_id uuid,
  -- Its number or month, what it comes to and by when it is to be paid, as it was told.
  add column document jsonb check (document ?& array['number', 'period', 'amountCents', 'dueOn']),
  add column charge_rule_version int check (charge_rule_version > 0),
  add column charge_from date,
  -- What a year costs before and after, as it was told.
  add column charge_terms jsonb check (charge_terms ?& array['before', 'after']),
  drop constraint notice_is_of_one_thing,
  add constraint notice_is_of_one_thing check (case
    when name in ('ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended')
      then num_nulls(programme_id, programme_name, usable_until, claimable_until) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, fee_rule_version, fee_from, fee_rates,
          document_id, document, charge_rule_version, charge_from, charge_terms) = 0 and rail = 'sepa'
    when name in ('bank_account_approved', 'bank_change_proposed', 'bank_changed')
      then num_nulls(payee_id, payee_name, bank_version, cooling_off_hours) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, fee_rule_version, fee_from, fee_rates,
          document_id, document, charge_rule_version, charge_from, charge_terms) = 0
        and (bank_version = 1 or name <> 'bank_account_approved')
    when name = 'fee_rule_changed'
      then num_nulls(programme_id, programme_name, fee_rule_version, fee_from, fee_rates) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, usable_until, claimable_until,
          document_id, document, charge_rule_version, charge_from, charge_terms) = 0 and rail = 'sepa'
    when name in ('statement_closed', 'place_invoice_issued', 'place_credit_note_issued', 'debit_note_issued')
      then num_nulls(payee_id, payee_name, document_id, document) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, bank_version, cooling_off_hours, fee_rule_version,
          fee_from, fee_rates, charge_rule_version, charge_from, charge_terms) = 0 and rail = 'sepa'
    when name = 'place_charge_changed'
      then num_nulls(charge_rule_version, charge_from, charge_terms) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, document_id, document) = 0 and rail = 'sepa'
    else false end),
  add constraint document_notice_once unique (name, document_id),
  add constraint charge_notice_once unique (name, charge_rule_version);
comment on table identity.notice is
  'What is told of a step in the end of a vintage, of a payee''s account or documents, or of changed fees and charges; once, however many messages speak of it';

-- Of vintages hear payers and distributors; of everything else, places.
create or replace function identity.check_notice_kind() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.kind = 'place') is distinct from (select num_nonnulls(n.payee_id, n.fee_rule_version, n.charge_rule_version) > 0
      from identity.notice n where n.id = new.notice_id) then
    raise exception 'notice % is not for a %', new.notice_id, new.kind using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function identity.check_declined() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.outcome = 'declined' and exists (select from identity.notice_mail m join identity.notice n on n.id = m.notice_id
      where m.id = new.mail_id and n.name not in ('ends_in_thirty_days', 'use_ended', 'claims_ended', 'statement_closed')) then
    raise exception 'mail % cannot be declined by its reader', new.mail_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
