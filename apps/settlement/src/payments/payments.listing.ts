// Every payment that a run made, to look through, add up and take away.
import type { Listing } from '#libs/listing';
import { BANK_TIME_ZONE } from '../limits.js';
import { PURPOSES, RAILS } from '../payment-source.decision.js';
import { REVERSED } from '../stripe-transfers/transfer-outcome.decision.js';
import { PAID_AGAIN, PAYMENT_STATES } from './list-payments.query.js';
import { paidAgain } from './paid-again.js';

/** `newest`: the order in which they were made, which the key of the table holds. */
export const payments: Listing = {
  rows: `select p.id, p.id as newest, p.id as "paymentId", p.run_id as "runId", r.created_at as "createdAt", p.rail, p.purpose, p.payee_id as "payeeId",
      coalesce(payee.legal_name, '') as "legalName", b.iban, d.stripe_account_id as "stripeAccountId", coalesce(b.version, d.version) as "bankVersion",
      p.amount as "amountCents", t.stripe_transfer_id as "stripeTransferId", p.end_to_end_id as "endToEndId", p.state,
      coalesce(booked.booked_on, (t.sent_at at time zone '${BANK_TIME_ZONE}')::date) as "bookedOn",
      coalesce(returned.booked_on, (t.reversed_at at time zone '${BANK_TIME_ZONE}')::date) as "returnedOn",
      coalesce(rejected.rejected_at, t.refused_at) as "rejectedAt",
      coalesce(returned.reason_code, rejected.reason_code, t.reason_code, case when t.reversed_at is not null then '${REVERSED}' end) as "reasonCode",
      again.outcome as "paidAgain", coalesce(again.left_over, 0)::bigint as "leftCents", again.payment_id as "againPaymentId", next.run_id as "againRunId"
    from settlement.payment p
    join settlement.settlement_run r on r.id = p.run_id
    join settlement.payee payee on payee.id = p.payee_id
    left join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
    left join settlement.payee_destination d on d.id = p.payee_destination_id
    left join settlement.stripe_transfer t on t.payment_id = p.id
    left join settlement.payment_movement booked on booked.payment_id = p.id and booked.movement = 'booked'
    left join settlement.payment_movement returned on returned.payment_id = p.id and returned.movement = 'returned'
    left join settlement.payment_rejection rejected on rejected.payment_id = p.id
    left join lateral (${paidAgain}) again on p.state in ('returned', 'rejected')
    left join settlement.payment next on next.id = again.payment_id`,
  columns: {
    newest: { kind: 'uuid', sort: true },
    paymentId: { kind: 'uuid', of: 'payment', filter: 'equal' },
    runId: { kind: 'uuid', of: 'settlementRun', filter: 'equal' },
    payeeId: { kind: 'uuid', of: 'payee', filter: 'equal' },
    legalName: { kind: 'text', sort: true, filter: 'contains' },
    createdAt: { kind: 'moment', sort: true, filter: 'range' },
    bookedOn: { kind: 'day', filter: 'range' },
    amountCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
    endToEndId: { kind: 'text', filter: 'contains' },
    state: { kind: 'text', filter: 'choice', choices: PAYMENT_STATES },
    paidAgain: { kind: 'text', filter: 'choice', choices: PAID_AGAIN },
    leftCents: { kind: 'cents', sum: true },
    purpose: { kind: 'text', filter: 'choice', choices: PURPOSES },
    rail: { kind: 'text', filter: 'choice', choices: RAILS },
  },
  usualSort: '-newest',
};
