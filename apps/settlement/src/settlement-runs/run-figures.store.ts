import { cents, type Cents, type PayeeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { BREAKER_RUNS_READ_MAX } from '../limits.js';
import { isOfDay, type EarlierRun, type RunFigures } from './run-breakers.decision.js';
import type { RunId } from './settlement-runs.commands.js';

export type PaymentFigures = Readonly<{
  payeeId: PayeeId; legalName: string | null; iban: string | null; stripeAccountId: string | null; amount: Cents;
  /** What the last released run of the same purpose and bank account paid to this payee. */
  lastAmount: Cents;
  newPayee: boolean;
  /** No released payment of this payee that stayed there went to this IBAN, or to this Stripe account. */
  newAccount: boolean;
}>;
type Row = Omit<PaymentFigures, 'amount' | 'lastAmount'> & { amount: bigint; lastAmount: bigint };

/** What a released run looked like when it left: later ones do not count. */
async function paymentFigures(sql: Sql, runId: RunId): Promise<PaymentFigures[]> {
  const rows = await sql.$queryRaw<Row[]>`
    with run as (select id, purpose, bank_account_id, coalesce(released_at, 'infinity') as released_at from settlement.settlement_run where id = ${runId}::uuid),
    last as (select r.id from settlement.settlement_run r join run on r.purpose = run.purpose and r.bank_account_id = run.bank_account_id and r.id <> run.id
      where r.state = 'released' and r.released_at < run.released_at order by r.released_at desc, r.id desc limit 1)
    select p.payee_id as "payeeId", y.legal_name as "legalName", b.iban, d.stripe_account_id as "stripeAccountId", p.amount,
      coalesce((select q.amount from settlement.payment q where q.run_id = (select id from last) and q.payee_id = p.payee_id), 0) as "lastAmount",
      earlier.count = 0 as "newPayee", earlier.to_this_account = 0 as "newAccount"
    from run join settlement.payment p on p.run_id = run.id join settlement.payee y on y.id = p.payee_id
    left join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
    left join settlement.payee_destination d on d.id = p.payee_destination_id
    cross join lateral (
      select count(*) as count, count(*) filter (where a.iban = b.iban or c.stripe_account_id = d.stripe_account_id) as to_this_account
      from settlement.payment q join settlement.settlement_run r on r.id = q.run_id
      left join settlement.payee_bank_account a on a.id = q.payee_bank_account_id
      left join settlement.payee_destination c on c.id = q.payee_destination_id
      where q.payee_id = p.payee_id and q.state in ('released', 'booked') and r.id <> run.id and r.released_at < run.released_at) earlier
    order by p.amount desc, p.id`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount), lastAmount: cents(row.lastAmount) }));
}

type Compared = EarlierRun & Readonly<{ runId: RunId }>;
type ComparedRow = Omit<Compared, 'amount'> & { amount: bigint; at: Date };

/**
 * Of the same purpose and bank account. An approved one may leave before this one does, so it counts as of today; not for a run
 * that has left.
 */
async function comparedRuns(sql: Sql, runId: RunId, at: Date): Promise<Compared[]> {
  const rows = await sql.$queryRaw<ComparedRow[]>`
    select r.id as "runId", r.amount, r.released_at as "releasedAt"
    from settlement.settlement_run r join settlement.settlement_run run on run.id = ${runId}::uuid
    where r.purpose = run.purpose and r.bank_account_id = run.bank_account_id and r.id <> run.id
      and (r.released_at < ${at} or (run.released_at is null and (r.state = 'approved' or r.released_at is not null)))
    order by r.released_at desc nulls first, r.id desc limit ${BREAKER_RUNS_READ_MAX}::int`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}

/** `at`: when the run left, or else `now` and without it the database's own clock. */
async function momentOf(sql: Sql, runId: RunId, now: Date | null): Promise<Date> {
  const [row] = await sql.$queryRaw<{ at: Date }[]>`
    select coalesce((select released_at from settlement.settlement_run where id = ${runId}::uuid), ${now}, clock_timestamp()) as at`;
  return row!.at;
}

export async function runFigures(
  sql: Sql, runId: RunId, now: Date | null,
): Promise<RunFigures & Readonly<{ payments: readonly PaymentFigures[] }>> {
  const at = await momentOf(sql, runId, now);
  const [payments, earlier] = [await paymentFigures(sql, runId), await comparedRuns(sql, runId, at)];
  let newAccountsOfDay = 0;
  for (const run of earlier.filter((one) => isOfDay(one, at))) {
    newAccountsOfDay += (await paymentFigures(sql, run.runId)).filter(({ newAccount }) => newAccount).length;
  }
  return { payments, earlier, newAccountsOfDay, at };
}
