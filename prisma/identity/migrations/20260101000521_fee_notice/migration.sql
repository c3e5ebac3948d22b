-- A notice is also of a fee rule that changes what places of a programme are paid; people of those places read it, and nobody
-- declines it: it says by when to leave.

alter table identity.notice
  add column fee_rule_version int check (fee_rule_version > 1),
  add column fee_from date,
  -- The rates before and after, as they were told.
  add column fee_rates jsonb check (fee_rates ?& array['before', 'after']),
  drop constraint notice_is_of_one_thing,
  add constraint notice_is_of_one_thing check (case
    when name in ('ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended')
      then num_nulls(programme_id, programme_name, usable_until, claimable_until) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, fee_rule_version, fee_from, fee_rates) = 0
    when name in ('bank_account_approved', 'bank_change_proposed', 'bank_changed')
      then num_nulls(payee_id, payee_name, bank_version, cooling_off_hours) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, fee_rule_version, fee_from, fee_rates) = 0
        and (bank_version = 1) = (name = 'bank_account_approved')
    when name = 'fee_rule_changed'
      then num_nulls(programme_id, programme_name, fee_rule_version, fee_from, fee_rates) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, usable_until, claimable_until) = 0
    else false end),
  add constraint fee_notice_once unique (name, programme_id, fee_rule_version);
comment on table identity.notice is 'What is told of a step in the end of a vintage, of a step of a payee''s bank account, or of a changed fee rule; once, however many messages speak of it';

-- Of an account and of fees, places hear; of vintages, payers and distributors.
create or replace function identity.check_notice_kind() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.kind = 'place') is distinct from (select num_nonnulls(n.payee_id, n.fee_rule_version) > 0 from identity.notice n where n.id = new.notice_id) then
    raise exception 'notice % is not for a %', new.notice_id, new.kind using errcode = 'check_violation';
  end if;
  return new;
end $$;
