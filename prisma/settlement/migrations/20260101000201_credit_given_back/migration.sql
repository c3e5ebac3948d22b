-- A bank credit that issuance found to be nobody's: it is owed to whoever sent it, and paid by the runs of refunds.

-- Of a sender we know what the bank wrote, and no siren: it is paid back, and never a place.
alter table settlement.payee add column sender_of uuid unique references settlement.bank_line;
alter table settlement.payee drop constraint payee_check,
  add constraint payee_check check (case when sender_of is null then num_nulls(legal_name, siren, completed_by, completed_at) in (0, 4)
    else siren is null and num_nulls(legal_name, completed_by, completed_at) = 0 end);
comment on table settlement.payee is
  'A legal body that is owed money; without a siren it is still to be completed and cannot be paid, unless it is the sender of a credit';

alter table settlement.refund alter column payer_id drop not null,
  add column bank_line_id uuid unique references settlement.bank_line,
  add constraint refund_of_a_payer_or_a_credit check (num_nonnulls(payer_id, bank_line_id) = 1);
comment on table settlement.refund is
  'Sums that issuance ordered to be given back, to a payer or to the sender of a credit; each is paid by one live payment at most';
