// What the commons set aside to pay early, what was paid and netted, to look through, add up and take away.
import type { Listing } from '#libs/listing';
import { EARLY_PAYMENT_STATES } from './early-payment.commands.js';

/** `$1`: the place whose payee's they are; null: all. */
export const earlyPayments: Listing = {
  rows: `select e.id, e.id as newest, e.id as "earlyPaymentId", e.pool, e.custody_account_id as "bankAccountId", e.payee_id as "payeeId",
      coalesce(p.legal_name, '') as "legalName", e.amount as "amountCents", e.due as "dueCents", e.asked_by as "askedBy", e.asked_at as "askedAt",
      settlement.left_of_early_payment(e.id, e.amount) as "leftCents",
      case when settlement.to_pay_early(e.id, e.amount) = 0 then 'lapsed'
        when paying.state is not null and settlement.left_of_early_payment(e.id, e.amount) = 0 then 'netted'
        else coalesce(paying.state, 'set_aside') end as state,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'statementId', n.statement_id, 'amountCents', n.amount,
          'at', to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n.at, n.id), '[]')
        from settlement.early_payment_end n where n.early_payment_id = e.id) as ends
    from settlement.early_payment e join settlement.payee p on p.id = e.payee_id
    left join lateral (select t.state from settlement.payment_early pe join settlement.payment t on t.id = pe.payment_id
      where pe.early_payment_id = e.id and pe.live limit 1) paying on true
    where $1::uuid is null or exists (select from settlement.payee_site s where s.payee_id = e.payee_id and s.place_id = $1::uuid)`,
  columns: {
    newest: { kind: 'uuid', sort: true },
    earlyPaymentId: { kind: 'uuid', of: 'earlyPayment', filter: 'equal' },
    payeeId: { kind: 'uuid', of: 'payee', filter: 'equal' },
    legalName: { kind: 'text', sort: true, filter: 'contains' },
    state: { kind: 'text', filter: 'choice', choices: EARLY_PAYMENT_STATES },
    askedAt: { kind: 'moment', sort: true, filter: 'range' },
    amountCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
    leftCents: { kind: 'cents', sum: true },
  },
  usualSort: '-newest',
};
