// Our payments as the bank's messages speak of them: with where their money comes from, and under which ids the bank knows
// them. Locked by whoever is about to move them, in one order, so that a statement and a report do not block each other.
import { cents, type PaymentId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { KnownPayment } from './bank-statements/bank-line.decision.js';
import type { PaidRefund } from './payment-source.decision.js';

export type NamedPayments = Readonly<{
  paymentIds: readonly PaymentId[];
  /** All payments of these parts of files. */
  paymentInformationIds?: readonly string[];
  /** All payments of this file. */
  messageId?: string;
}>;

type Found = KnownPayment & Readonly<{ messageId: string }>;
type Row = Omit<Found, 'amount' | 'refunds'> & { amount: bigint; refunds: (Omit<PaidRefund, 'amount'> & { amount: number })[] };

export async function lockPayments(tx: Tx, { paymentIds, paymentInformationIds = [], messageId }: NamedPayments): Promise<Found[]> {
  const rows = await tx.sql.$queryRaw<Row[]>`
    select p.id as "paymentId", p.purpose, p.payee_id as "payeeId", p.payee_bank_account_id as "payeeBankAccountId", b.version as "bankVersion",
      r.bank_account_id as "bankAccountId", r.message_id as "messageId", r.payment_information_id as "paymentInformationId", p.amount, p.state,
      (select coalesce(jsonb_agg(jsonb_build_object('refundId', f.id, 'payerId', f.payer_id, 'bankLineId', f.bank_line_id, 'amount', f.amount) order by f.id), '[]')
        from settlement.payment_refund pf join settlement.refund f on f.id = pf.refund_id where pf.payment_id = p.id) as refunds,
      array(select ps.statement_id::text from settlement.payment_statement ps where ps.payment_id = p.id order by ps.statement_id) as "statementIds",
      array(select pa.allocation_id::text from settlement.payment_allocation pa where pa.payment_id = p.id order by pa.allocation_id) as "allocationIds",
      array(select pe.early_payment_id::text from settlement.payment_early pe where pe.payment_id = p.id order by pe.early_payment_id) as "earlyPaymentIds"
    from settlement.payment p
    join settlement.settlement_run r on r.id = p.run_id
    join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
    where p.id = any(${paymentIds}::uuid[]) or r.payment_information_id = any(${paymentInformationIds}::text[])
      or r.message_id = ${messageId ?? null}::text
    order by p.id for update of p`;
  return rows.map(({ amount, refunds, ...payment }) => ({
    ...payment, amount: cents(amount), refunds: refunds.map((refund) => ({ ...refund, amount: cents(refund.amount) })),
  }));
}
