import { EARLY_PAYMENTS_PER_PAYMENT_MAX } from '#libs/contracts';
import { cents, type BankAccountId, type EarlyPaymentId, type LocalDate, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Owed, PayeeAccount } from './create-run.decision.js';

type Row = Omit<PayeeAccount, 'id' | 'rail'> & {
  payeeId: PayeeId; legalName: string | null; accountId: BankAccountId | null;
  early: { earlyPaymentId: EarlyPaymentId; amount: number; waits: boolean }[];
};

/** What was set aside and no live payment pays, by payee: what lapsed is not owed, what was netted and came back is. */
export async function listOwedEarlyPayments(tx: Tx, bankAccountId: BankAccountId, today: LocalDate): Promise<Owed[]> {
  const rows = await tx.sql.$queryRaw<Row[]>`
    select p.id as "payeeId", p.legal_name as "legalName", o.early, a.id as "accountId", a.version, a.iban, a.bic, a.holder,
      a.blocked, a.changed_at as "changedAt"
    from (
      select v.payee_id, min(v.id::text) as first, jsonb_agg(jsonb_build_object('earlyPaymentId', v.id, 'amount', v.to_pay,
        'waits', settlement.early_payment_waits(v.id, ${today}::date)) order by v.id) as early
      from (
        select e.id, e.payee_id, settlement.to_pay_early(e.id, e.amount) as to_pay, row_number() over (partition by e.payee_id order by e.id) as place
        from settlement.early_payment e
        where e.custody_account_id = ${bankAccountId}::uuid and settlement.to_pay_early(e.id, e.amount) > 0
          and not exists (select from settlement.payment_early pe where pe.early_payment_id = e.id and pe.live)) v
      where v.place <= ${EARLY_PAYMENTS_PER_PAYMENT_MAX}::int group by v.payee_id) o
    join settlement.payee p on p.id = o.payee_id
    left join lateral settlement.account_to_pay(p.id) a on true
    order by o.first`;
  return rows.map(({ payeeId, legalName, early, accountId, ...account }) => ({
    payeeId, legalName, statements: [], refunds: [], early: early.map((one) => ({ ...one, amount: cents(one.amount) })),
    account: accountId && { rail: 'sepa', id: accountId, ...account },
  }));
}
