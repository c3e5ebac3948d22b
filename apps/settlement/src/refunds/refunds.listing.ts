// Money owed back to payers and to senders of credits that were not ours, to look through, add up and take away.
import type { Listing } from '#libs/listing';
import { REFUND_STATES } from './refunds.commands.js';

export const refunds: Listing = {
  rows: `select f.id, f.id as newest, f.id as "refundId", f.payer_id as "payerId", f.bank_line_id as "bankLineId", f.payee_id as "payeeId",
      coalesce(p.legal_name, '') as "legalName", f.custody_account_id as "bankAccountId", f.amount as "amountCents", f.taken_at as "takenAt", f.way,
      coalesce(paying.state, case when disputed.refund_id is not null then 'disputed'
        when s.state in ('asked', 'refunded') then s.state else 'owed' end) as state,
      case when account.blocked_at is not null then 'blocked' when account.approved_at is not null then 'approved'
           when account.version is not null then 'proposed' else 'none' end as "bankState"
    from settlement.refund f join settlement.payee p on p.id = f.payee_id
    left join settlement.stripe_refund s on s.refund_id = f.id
    left join settlement.disputed_refund disputed on disputed.refund_id = f.id
    left join lateral (
      select t.state from settlement.payment_refund pf join settlement.payment t on t.id = pf.payment_id
      where pf.refund_id = f.id and pf.live limit 1) paying on true
    left join lateral (
      select version, approved_at, blocked_at from settlement.payee_bank_account
      where payee_id = f.payee_id order by approved_at is not null desc, version desc limit 1) account on true`,
  columns: {
    newest: { kind: 'uuid', sort: true },
    refundId: { kind: 'uuid', of: 'refund', filter: 'equal' },
    payerId: { kind: 'uuid', of: 'payer', filter: 'equal' },
    payeeId: { kind: 'uuid', of: 'payee', filter: 'equal' },
    legalName: { kind: 'text', sort: true, filter: 'contains' },
    way: { kind: 'text', filter: 'choice', choices: ['bank', 'stripe'] },
    state: { kind: 'text', filter: 'choice', choices: REFUND_STATES },
    bankState: { kind: 'text', filter: 'choice', choices: ['none', 'proposed', 'approved', 'blocked'] },
    takenAt: { kind: 'moment', sort: true, filter: 'range' },
    amountCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
  },
  usualSort: '-newest',
};
