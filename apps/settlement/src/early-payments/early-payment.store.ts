import { cents, type BankAccountId, type Cents, type EarlyPaymentId, type PayeeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { OpenDebt } from '../debit-notes/set-off.decision.js';
import { personOf } from '../settlement.work.js';
import type { EarlyMoney } from './early-payment.decision.js';

export type NewEarlyPayment = EarlyMoney & Readonly<{
  earlyPaymentId: EarlyPaymentId; amount: Cents; due: Cents; openBefore: Cents; eventId: string;
}>;

export async function insertEarlyPayment(tx: Tx, early: NewEarlyPayment): Promise<void> {
  const { earlyPaymentId, pool, payeeId, custodyAccountId, amount, due, openBefore, eventId } = early;
  await tx.sql.$executeRaw`
    insert into settlement.early_payment (id, pool, payee_id, custody_account_id, amount, due, open_before, currency, event_id, asked_by, asked_at)
    values (${earlyPaymentId}::uuid, ${pool}, ${payeeId}::uuid, ${custodyAccountId}::uuid, ${amount}, ${due}, ${openBefore}, 'EUR', ${eventId}::uuid,
      ${personOf(tx)}, ${tx.now})`;
}

/** Neither netted nor lapsed; `isPaid`: a payment of it was released and has not come back. */
export type OpenEarly = OpenDebt & EarlyMoney & Readonly<{ earlyPaymentId: EarlyPaymentId; isPaid: boolean }>;

/** The oldest first. The caller has locked the payees: a release of their early payments waits. */
export async function openEarlyPayments(tx: Tx, payeeIds: readonly PayeeId[]): Promise<OpenEarly[]> {
  const rows = await tx.sql.$queryRaw<(Omit<OpenEarly, 'left'> & { left: bigint })[]>`
    select e.id as "earlyPaymentId", e.pool, e.payee_id as "payeeId", e.custody_account_id as "custodyAccountId",
      settlement.left_of_early_payment(e.id, e.amount) as "left", settlement.is_paid_early(e.id) as "isPaid"
    from settlement.early_payment e
    where e.payee_id = any(${[...payeeIds]}::uuid[]) and settlement.left_of_early_payment(e.id, e.amount) > 0 order by e.id`;
  return rows.map(({ left, ...row }) => ({ ...row, left: cents(left) }) as unknown as OpenEarly);
}

export type EarlyEnd = Readonly<{ earlyPaymentId: EarlyPaymentId; amount: Cents; eventId: string }> & Readonly<
  | { kind: 'netted'; statementId: string }
  | { kind: 'lapsed' }>;

export async function insertEarlyEnds(tx: Tx, ends: readonly EarlyEnd[]): Promise<void> {
  const rows = ends.map(({ amount, ...end }) => ({ ...end, id: tx.newId(), amount: amount.toString() }));
  await tx.sql.$executeRaw`
    insert into settlement.early_payment_end (id, early_payment_id, kind, statement_id, amount, currency, event_id, at)
    select t.id, t."earlyPaymentId", t.kind, t."statementId", t.amount, 'EUR', t."eventId", ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "earlyPaymentId" uuid, kind text, "statementId" uuid, amount bigint, "eventId" uuid)`;
}

/** Accounts of ours, whether anything is due on them or not. */
export async function accountsOfOurs(sql: Sql): Promise<BankAccountId[]> {
  const rows = await sql.$queryRaw<{ id: BankAccountId }[]>`select id from settlement.bank_account order by id`;
  return rows.map(({ id }) => id);
}
