// The SQL of <service>.control_total, and balances of the ledger as they were at a moment.
import { localDate, type LocalDate } from '#libs/kernel';
import type { Schema, Sql, Tx } from '#libs/persistence';
import type { LastTotals } from './due-cuts.decision.js';

/** Days are counted where the banks are. */
export const TOTALS_ZONE = 'Europe/Paris';

export type TotalsLine = Readonly<{ custodyAccountId: string; programmeId: string | null; account: string; amountCents: number }>;

export async function lockTotals(tx: Tx): Promise<void> {
  await tx.sql.$executeRawUnsafe('select pg_advisory_xact_lock(hashtextextended($1, 0))', `${tx.schema}:control totals`);
}

export async function lastTotals(sql: Sql, schema: Schema): Promise<LastTotals | undefined> {
  const [row] = await sql.$queryRawUnsafe<(Omit<LastTotals, 'closedUpTo'> & { closedUpTo: bigint | null })[]>(`
    select number, cut_at as "cutAt", closed_up_to as "closedUpTo", (select max(day)::text from ${schema}.control_total where final) as "finalDay"
    from ${schema}.control_total order by number desc limit 1`);
  return row && { ...row, closedUpTo: Number(row.closedUpTo ?? 0) };
}

/** The number up to which this service closed last; 0 before it ever did, and where it closes nothing. */
export async function closedUpTo(sql: Sql, query = 'select 0'): Promise<number> {
  const [row] = await sql.$queryRawUnsafe<{ seq: bigint }[]>(`select coalesce((${query}), 0)::bigint as seq`);
  return Number(row!.seq);
}

export async function contentOfLast(sql: Sql, schema: Schema): Promise<string | undefined> {
  const [row] = await sql.$queryRawUnsafe<{ sha: string }[]>(`select content_sha256 as sha from ${schema}.control_total order by number desc limit 1`);
  return row?.sha;
}

export async function firstTransferDay(sql: Sql, schema: Schema): Promise<LocalDate | null> {
  const [row] = await sql.$queryRawUnsafe<{ day: string | null }[]>(
    `select (min(coalesce(booked_at, created_at)) at time zone '${TOTALS_ZONE}')::date::text as day from ${schema}.transfer`);
  return row?.day ? localDate(row.day) : null;
}

/** Its last millisecond: totals are of all that was decided up to a moment and at it. */
export async function endOfDay(sql: Sql, day: LocalDate): Promise<Date> {
  const [row] = await sql.$queryRawUnsafe<{ at: Date }[]>(`select (($1::date + 1)::timestamp at time zone '${TOTALS_ZONE}') - interval '1 millisecond' as at`, day);
  return row!.at;
}

/**
 * Balances up to a moment, debit above zero. `programmeOf` is an SQL expression over `account` that names the programme
 * an account belongs to, or null: few accounts, so that it is asked once for each. What some payees owe after an incident is a line of its
 * own beside what the others are owed: a debt of one place pays no other.
 */
export async function ledgerLines(sql: Sql, schema: Schema, cutAt: Date, programmeOf: string): Promise<TotalsLine[]> {
  const rows = await sql.$queryRawUnsafe<(Omit<TotalsLine, 'amountCents'> & { amount: bigint })[]>(`
    with by_account as (
      select custody_account_id, account, sum(amount) as amount from (
        select custody_account_id, debit as account, amount from ${schema}.transfer where coalesce(booked_at, created_at) <= $1::timestamptz
        union all
        select custody_account_id, credit, -amount from ${schema}.transfer where coalesce(booked_at, created_at) <= $1::timestamptz) m
      group by 1, 2 having sum(amount) <> 0),
    named as (select custody_account_id, amount, (${programmeOf}) as programme_id,
      case when account like 'bank:%' then account else split_part(account, ':', 1) end as account from by_account)
    select custody_account_id as "custodyAccountId", programme_id as "programmeId", account, sum(amount)::bigint as amount
    from named group by 1, 2, 3, account = 'accrued' and amount > 0 having sum(amount) <> 0 order by 1, 3, 2, 4`, cutAt);
  return rows.map(({ amount, ...line }) => ({ ...line, amountCents: Number(amount) }));
}

export type NewTotals = Readonly<{
  number: number; day: LocalDate; final: boolean; cutAt: Date; contentSha256: string; eventId: string; closedUpTo: number }>;

export async function insertTotals(
  tx: Tx, { number, day, final, cutAt, contentSha256, eventId, closedUpTo: seq }: NewTotals,
): Promise<void> {
  await tx.sql.$executeRawUnsafe(`
    insert into ${tx.schema}.control_total (number, day, final, cut_at, content_sha256, event_id, announced_at, closed_up_to)
    values ($1::int, $2::date, $3::boolean, $4::timestamptz, $5, $6::uuid, $7::timestamptz, $8::bigint)`,
  number, day, final, cutAt, contentSha256, eventId, tx.now, seq);
}
