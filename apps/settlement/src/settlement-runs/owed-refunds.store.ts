import { REFUNDS_PER_PAYMENT_MAX } from '#libs/contracts';
import { cents, type BankAccountId, type PayeeId, type PayerId, type RefundId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Owed, PayeeAccount } from './create-run.decision.js';

type Row = Omit<PayeeAccount, 'id' | 'rail'> & {
  payeeId: PayeeId; legalName: string | null; accountId: BankAccountId | null;
  refunds: { refundId: RefundId; payerId: PayerId; amount: number }[];
};

/** Refunds that no live payment pays, by payee: the longest owed first. What exceeds a message's bound waits for the next run. */
export async function listOwedRefunds(tx: Tx, bankAccountId: BankAccountId): Promise<Owed[]> {
  const rows = await tx.sql.$queryRaw<Row[]>`
    select p.id as "payeeId", p.legal_name as "legalName", o.refunds, a.id as "accountId", a.version, a.iban, a.bic, a.holder,
      a.blocked, a.changed_at as "changedAt"
    from (
      select f.payee_id, min(f.id::text) as first,
        jsonb_agg(jsonb_build_object('refundId', f.id, 'payerId', f.payer_id, 'bankLineId', f.bank_line_id, 'amount', f.amount) order by f.id) as refunds
      from (
        select r.*, row_number() over (partition by r.payee_id order by r.id) as place from settlement.refund r
        where r.custody_account_id = ${bankAccountId}::uuid
          -- What goes back by Stripe is the bank's only after it failed there, and while nobody took its payment back.
          and (r.way = 'bank' or exists (select from settlement.stripe_refund s where s.refund_id = r.id and s.state = 'failed'))
          and not exists (select from settlement.disputed_refund d where d.refund_id = r.id)
          and not exists (select from settlement.payment_refund pf where pf.refund_id = r.id and pf.live)) f
      where f.place <= ${REFUNDS_PER_PAYMENT_MAX}::int group by f.payee_id) o
    join settlement.payee p on p.id = o.payee_id
    left join lateral settlement.account_to_pay(p.id) a on true
    order by o.first`;
  return rows.map(({ payeeId, legalName, refunds, accountId, ...account }) => ({
    payeeId, legalName, statements: [], refunds: refunds.map((refund) => ({ ...refund, amount: cents(refund.amount) })),
    account: accountId && { rail: 'sepa', id: accountId, ...account },
  }));
}
