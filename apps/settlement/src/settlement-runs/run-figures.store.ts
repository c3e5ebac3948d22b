import { cents, type Cents, type PayeeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { BREAKER_RUNS } from '../limits.js';
import type { RunFigures } from './run-breakers.decision.js';
import type { RunId } from './settlement-runs.commands.js';

export type PaymentFigures = Readonly<{
  payeeId: PayeeId; legalName: string | null; iban: string; amount: Cents;
  /** What the last released run of the same purpose paid to this payee. */
  lastAmount: Cents;
  newPayee: boolean;
  /** No released payment of this payee that the bank kept went to this IBAN. */
  newAccount: boolean;
}>;
type Row = Omit<PaymentFigures, 'amount' | 'lastAmount'> & { amount: bigint; lastAmount: bigint };

/** What a released run looked like when it left: later ones do not count. */
export async function paymentFigures(sql: Sql, runId: RunId): Promise<PaymentFigures[]> {
  const rows = await sql.$queryRaw<Row[]>`
    with run as (select id, purpose, coalesce(released_at, 'infinity') as released_at from settlement.settlement_run where id = ${runId}::uuid),
    last as (select r.id from settlement.settlement_run r join run on r.purpose = run.purpose and r.id <> run.id
      where r.state = 'released' and r.released_at < run.released_at order by r.released_at desc, r.id desc limit 1)
    select p.payee_id as "payeeId", y.legal_name as "legalName", b.iban, p.amount,
      coalesce((select q.amount from settlement.payment q where q.run_id = (select id from last) and q.payee_id = p.payee_id), 0) as "lastAmount",
      earlier.count = 0 as "newPayee", earlier.to_this_iban = 0 as "newAccount"
    from run join settlement.payment p on p.run_id = run.id join settlement.payee y on y.id = p.payee_id
    join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
    cross join lateral (
      select count(*) as count, count(*) filter (where a.iban = b.iban) as to_this_iban
      from settlement.payment q join settlement.settlement_run r on r.id = q.run_id join settlement.payee_bank_account a on a.id = q.payee_bank_account_id
      where q.payee_id = p.payee_id and q.state in ('released', 'booked') and r.id <> run.id and r.released_at < run.released_at) earlier
    order by p.amount desc, p.id`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount), lastAmount: cents(row.lastAmount) }));
}

/** Of the last released runs of the same purpose, the newest first. */
export async function earlierTotals(sql: Sql, runId: RunId): Promise<Cents[]> {
  const rows = await sql.$queryRaw<{ amount: bigint }[]>`
    select r.amount from settlement.settlement_run r join settlement.settlement_run run on run.id = ${runId}::uuid
    where r.purpose = run.purpose and r.id <> run.id and r.state = 'released' and r.released_at < coalesce(run.released_at, 'infinity')
    order by r.released_at desc, r.id desc limit ${BREAKER_RUNS}::int`;
  return rows.map(({ amount }) => cents(amount));
}

export async function runFigures(sql: Sql, runId: RunId): Promise<RunFigures> {
  const payments = await paymentFigures(sql, runId);
  return { payments, earlierTotals: await earlierTotals(sql, runId) };
}
