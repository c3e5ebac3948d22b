-- A payee may be paid to a Stripe account too, whose versions are counted apart from those of its bank account. The first version on
-- either rail changes something when money went by the other one until then.
alter table identity.notice
  add column rail text not null default 'sepa' check (rail in ('sepa', 'stripe')),
  drop constraint payee_notice_once,
  add constraint payee_notice_once unique (name, payee_id, bank_version, rail),
  drop constraint notice_is_of_one_thing,
  add constraint notice_is_of_one_thing check (case
    when name in ('ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended')
      then num_nulls(programme_id, programme_name, usable_until, claimable_until) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, fee_rule_version, fee_from, fee_rates) = 0 and rail = 'sepa'
    when name in ('bank_account_approved', 'bank_change_proposed', 'bank_changed')
      then num_nulls(payee_id, payee_name, bank_version, cooling_off_hours) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, fee_rule_version, fee_from, fee_rates) = 0
        and (bank_version = 1 or name <> 'bank_account_approved')
    when name = 'fee_rule_changed'
      then num_nulls(programme_id, programme_name, fee_rule_version, fee_from, fee_rates) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, usable_until, claimable_until) = 0 and rail = 'sepa'
    else false end);
comment on column identity.notice.rail is 'Of a payee: whether it is its bank account (sepa) or its Stripe account; of a vintage without a meaning';
