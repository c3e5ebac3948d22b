-- Invoices to payers and their credit notes are found by their order, extensions by it too; what was rolled over, and what was activated, by
-- the payers whose cover it is; card payments and Stripe's payouts by the custody account between them.
create or replace function audit.mentions_of(type text, body jsonb) returns table (subject uuid, first int, last int)
language sql immutable parallel safe as $$
  select distinct (f.value #>> '{}')::uuid,
    case when f.key = 'batchId' then coalesce((body ->> 'voucherIndex')::int, (body ->> 'first')::int, 0) else 0 end,
    case when f.key = 'batchId' then coalesce((body ->> 'voucherIndex')::int, (body ->> 'last')::int, 0) else 0 end
  from jsonb_each(case jsonb_typeof(body) when 'object' then body end) f
  where case type
    when 'voucher.redeemed.v1' then f.key in ('batchId', 'placeId')
    when 'redemption.undone.v1' then f.key = 'redemptionId'
    when 'claim_line.held.v1' then f.key in ('claimLineId', 'redemptionId')
    when 'claim_line.released.v1' then f.key in ('claimLineId', 'redemptionId')
    when 'claim_line.rejected.v1' then f.key in ('claimLineId', 'redemptionId')
    when 'incident.posted.v1' then f.key in ('incidentId', 'claimLineId', 'redemptionId')
    when 'payee.validated.v1' then f.key in ('payeeId', 'placeId')
    when 'statement.closed.v1' then f.key in ('statementId', 'payeeId', 'custodyAccountId')
    when 'debit_note.issued.v1' then f.key in ('debitNoteId', 'payeeId')
    when 'debit_note.paid.v1' then f.key in ('debitNoteId', 'bankLineId', 'statementId')
    when 'debit_note.lost.v1' then f.key = 'debitNoteId'
    when 'bank_credit.booked.v1' then f.key = 'bankLineId'
    when 'bank_credit.released.v1' then f.key = 'bankLineId'
    when 'receipt.matched.v1' then f.key in ('bankLineId', 'orderId')
    when 'payment.succeeded.v1' then f.key in ('cardPaymentId', 'orderId', 'custodyAccountId')
    when 'stripe_payout.arrived.v1' then f.key in ('bankLineId', 'custodyAccountId')
    when 'payment.booked.v1' then f.key in ('paymentId', 'bankLineId')
    when 'payment.returned.v1' then f.key in ('paymentId', 'bankLineId')
    when 'payment.rejected.v1' then f.key = 'paymentId'
    when 'early_payment.set_aside.v1' then f.key in ('earlyPaymentId', 'payeeId')
    when 'early_payment.netted.v1' then f.key in ('earlyPaymentId', 'statementId')
    when 'early_payment.lapsed.v1' then f.key = 'earlyPaymentId'
    when 'commons.contributed.v1' then f.key in ('bankLineId', 'custodyAccountId')
    when 'allocation.voted.v1' then f.key in ('allocationId', 'payeeId')
    when 'place_charge.billed.v1' then f.key in ('chargeId', 'payeeId')
    when 'place_invoice.issued.v1' then f.key in ('placeInvoiceId', 'statementId', 'chargeId')
    when 'place_invoice.paid.v1' then f.key in ('placeInvoiceId', 'bankLineId', 'statementId')
    when 'payment.transferred.v1' then f.key = 'paymentId'
    when 'payment.transfer_refused.v1' then f.key = 'paymentId'
    when 'payment.transfer_reversed.v1' then f.key = 'paymentId'
    when 'payment.refunded.v1' then f.key = 'refundId'
    when 'payment.refund_failed.v1' then f.key = 'refundId'
    when 'payment.disputed.v1' then f.key = 'orderId'
    when 'payment.dispute_closed.v1' then f.key = 'orderId'
    when 'refund.requested.v1' then f.key in ('refundId', 'orderId')
    when 'contradictory_statement.signed.v1' then f.key in ('orderId', 'statementId') or (f.key = 'custodyAccountId' and body ->> 'outcome' = 'commons')
    when 'batch.created.v1' then f.key in ('batchId', 'orderId')
    when 'batch.extended.v1' then f.key in ('batchId', 'orderId')
    when 'invoice.issued.v1' then f.key in ('invoiceId', 'orderId')
    when 'credit_note.issued.v1' then f.key in ('creditNoteId', 'invoiceId', 'orderId')
    when 'range.activated.v1' then f.key = 'batchId'
    when 'range.received.v1' then f.key = 'batchId'
    when 'range.given_back.v1' then f.key = 'batchId'
    when 'range.handed_over.v1' then f.key = 'batchId'
    when 'range.returned.v1' then f.key = 'batchId'
    when 'range.lost.v1' then f.key = 'batchId'
    when 'range.written_off.v1' then f.key = 'batchId'
    when 'voucher.expired_chunk.v1' then f.key = 'batchId'
    when 'voucher.replaced.v1' then f.key in ('batchId', 'replacementBatchId')
    else false
  end and f.value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  union all
  select named.value::uuid, 0, 0
  from jsonb_array_elements_text(coalesce(body -> 'statementIds', '[]') || coalesce(body -> 'refundIds', '[]')
    || coalesce(body -> 'allocationIds', '[]') || coalesce(body -> 'earlyPaymentIds', '[]')) named(value)
  where type in ('payment.booked.v1', 'payment.returned.v1', 'payment.rejected.v1', 'payment.transferred.v1', 'payment.transfer_refused.v1',
    'payment.transfer_reversed.v1')
  union all
  select batch.value::uuid, (stopped.value ->> 'first')::int, (stopped.value ->> 'last')::int
  from (select body ->> 'batchId') batch(value) cross join jsonb_array_elements(body -> 'ranges') stopped(value)
  where type = 'voucher.stopped.v1'
  union all
  select substr(body ->> 'reference', 10)::uuid, 0, 0
  where type = 'ledger.posted.v1' and body ->> 'reference' ~ '^bankLine:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  union all
  select distinct (share.value ->> 'payerId')::uuid, 0, 0
  from jsonb_array_elements(case jsonb_typeof(body -> 'shares') when 'array' then body -> 'shares' end) share(value)
  where (type = 'range.activated.v1' or (type = 'contradictory_statement.signed.v1' and body ->> 'outcome' = 'roll_over'))
    and share.value ->> 'payerId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
$$;

-- Those kept before. What is kept beside this would be read by neither rule: it waits until this has ended.
lock table audit.event in share row exclusive mode;
insert into audit.event_mention (subject, type, first, last, sender, seq)
select s.subject, e.type, s.first, s.last, e.sender, e.seq
from audit.event e cross join lateral audit.mentions_of(e.type, e.body) s
where e.type in ('payment.succeeded.v1', 'contradictory_statement.signed.v1', 'batch.extended.v1', 'invoice.issued.v1', 'credit_note.issued.v1',
  'range.activated.v1')
on conflict do nothing;
