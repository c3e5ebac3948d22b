-- A notice is also of a step of somebody's second factor, told to that person alone; and of a step of an auditor's finding, told to
-- those who have to answer it, or whom it was answered. Nobody declines either.
alter table identity.notice
  add column factor_id uuid references identity.second_factor (id),
  add column finding_id uuid,
  add column finding_version int check (finding_version > 0),
  add column finding_severity text check (finding_severity in ('minor', 'major', 'critical')),
  add column reply_due date,
  drop constraint notice_is_of_one_thing,
  add constraint notice_is_of_one_thing check (case
    when name in ('ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended')
      then num_nulls(programme_id, programme_name, usable_until, claimable_until) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, fee_rule_version, fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms,
          factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('bank_account_approved', 'bank_change_proposed', 'bank_changed')
      then num_nulls(payee_id, payee_name, bank_version, cooling_off_hours) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, fee_rule_version, fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms,
          factor_id, finding_id, finding_version, finding_severity, reply_due) = 0
        and (bank_version = 1 or name <> 'bank_account_approved')
    when name = 'fee_rule_changed'
      then num_nulls(programme_id, programme_name, fee_rule_version, fee_from, fee_rates) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, usable_until, claimable_until,
          document_id, document, charge_rule_version, charge_from, charge_terms,
          factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('statement_closed', 'place_invoice_issued', 'place_credit_note_issued', 'debit_note_issued')
      then num_nulls(payee_id, payee_name, document_id, document) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, bank_version, cooling_off_hours, fee_rule_version,
          fee_from, fee_rates, charge_rule_version, charge_from, charge_terms, factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name = 'place_charge_changed'
      then num_nulls(charge_rule_version, charge_from, charge_terms) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, document_id, document, factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('second_factor_begun', 'second_factor_confirmed', 'second_factor_reset')
      then factor_id is not null
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms,
          finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('finding_raised', 'finding_noted', 'finding_replied', 'finding_closed')
      then num_nulls(finding_id, finding_version, finding_severity, reply_due) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, factor_id, document_id, document, charge_rule_version, charge_from, charge_terms) = 0 and rail = 'sepa'
    else false end),
  add constraint factor_notice_once unique (name, factor_id),
  add constraint finding_notice_once unique (finding_id, finding_version);
comment on table identity.notice is 'What is told of a step in the end of a vintage, of a payee''s account or documents, of changed fees and charges, of a second factor or of a finding; once, however many messages speak of it';

alter table identity.notice_party
  drop constraint notice_party_kind_check,
  add constraint notice_party_kind_check check (kind in ('payer', 'distributor', 'place', 'operator', 'auditor'));
comment on table identity.notice_party is 'Whom a notice was for, and how many people of each it found; the operator and auditing bodies by their organisation';
alter table identity.notice_mail
  drop constraint notice_mail_kind_check,
  add constraint notice_mail_kind_check check (kind in ('payer', 'distributor', 'place', 'operator', 'auditor', 'person'));

-- Of an account and of fees, places hear; of vintages, payers and distributors; of a factor, its person; of a finding, any party of it.
create or replace function identity.check_notice_kind() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not (select case
      when n.factor_id is not null then new.kind = 'person'
      when n.finding_id is not null then new.kind in ('payer', 'place', 'operator', 'auditor')
      when num_nonnulls(n.payee_id, n.fee_rule_version, n.charge_rule_version) > 0 then new.kind = 'place'
      else new.kind in ('payer', 'distributor') end
    from identity.notice n where n.id = new.notice_id) then
    raise exception 'notice % is not for a %', new.notice_id, new.kind using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- A mail about a factor goes to whose it is, and to nobody else.
create function identity.check_factor_mail() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.kind = 'person' and not exists (
    select from identity.notice n join identity.second_factor f on f.id = n.factor_id where n.id = new.notice_id and f.user_id = new.user_id) then
    raise exception 'notice % is of somebody else''s second factor', new.notice_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_factor_mail before insert on identity.notice_mail for each row execute function identity.check_factor_mail();
