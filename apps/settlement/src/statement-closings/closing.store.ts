// Closings: which is open, which was last, and what one of them did.
import type { LocalDate, Month } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import { personOf } from '../settlement.work.js';
import type { ClosedStatements } from './close-statements.command.js';
import type { ClosingDay } from './waiting.decision.js';

/** Held by whoever moves the last closed number, and by whoever gives a released line its number after that. */
export const CLOSING_LOCK = 'closing';

/** Of what is finished: an open closing has not posted all that it will. */
export const CLOSED_UP_TO = 'select max(up_to_seq) from settlement.statement_closing where finished_at is not null';

type Standing = Readonly<{ openUpTo: number | undefined; closedUpTo: number; period: Month | undefined }>;

/** `period`: the month of the last closing, open or finished. */
export async function closingStanding(tx: Tx): Promise<Standing> {
  const [row] = await tx.sql.$queryRaw<{ openUpTo: bigint | null; closedUpTo: bigint; period: Month | null }[]>`
    select max(up_to_seq) filter (where finished_at is null) as "openUpTo",
      coalesce(max(up_to_seq) filter (where finished_at is not null), 0) as "closedUpTo",
      (select last.period from settlement.statement_closing last order by last.up_to_seq desc limit 1) as period
    from settlement.statement_closing`;
  const { openUpTo, closedUpTo, period } = row!;
  return { openUpTo: openUpTo === null ? undefined : Number(openUpTo), closedUpTo: Number(closedUpTo), period: period ?? undefined };
}

export async function hasOpenClosing(sql: Sql): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`select 1 from settlement.statement_closing where finished_at is null limit 1`;
  return rows.length > 0;
}

/** The day on which the last closing began, or the last one before a day. */
export async function closedOn(sql: Sql, before: LocalDate | null): Promise<LocalDate | null> {
  const [row] = await sql.$queryRaw<{ day: LocalDate | null }[]>`
    select max((opened_at at time zone ${BANK_TIME_ZONE})::date)::text as day from settlement.statement_closing
    where ${before}::date is null or (opened_at at time zone ${BANK_TIME_ZONE})::date < ${before}::date`;
  return row!.day;
}

/** The day of a closing is that on which it began, whenever it ends. */
export async function dayOfClosing(sql: Sql, upToSeq: number): Promise<ClosingDay> {
  const [row] = await sql.$queryRaw<{ day: LocalDate }[]>`
    select (opened_at at time zone ${BANK_TIME_ZONE})::date::text as day from settlement.statement_closing where up_to_seq = ${upToSeq}`;
  return { day: row!.day, lastDay: await closedOn(sql, row!.day) };
}

export async function insertClosing(tx: Tx, { upToSeq, period }: Readonly<{ upToSeq: number; period: Month }>): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.statement_closing (up_to_seq, period, opened_by, opened_at) values (${upToSeq}, ${period}, ${personOf(tx)}, ${tx.now})`;
}

export async function finishClosing(tx: Tx, upToSeq: number): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.statement_closing set finished_at = ${tx.now} where up_to_seq = ${upToSeq} and finished_at is null`;
}

type Summary = Omit<ClosedStatements, 'upToSeq' | 'period' | 'closedBefore'>;

export async function summaryOf(sql: Sql, upToSeq: number): Promise<Summary> {
  const [row] = await sql.$queryRaw<Summary[]>`
    select count(*)::int as statements, coalesce(sum(gross), 0)::float8 as "grossCents", coalesce(sum(fee), 0)::float8 as "feeCents",
      coalesce(sum(vat), 0)::float8 as "vatCents", coalesce(sum(commons), 0)::float8 as "commonsCents", coalesce(sum(net), 0)::float8 as "netCents",
      (select count(*)::int from settlement.hold h where h.up_to_seq = ${upToSeq}) as holds,
      (select coalesce(sum(h.gross), 0)::float8 from settlement.hold h where h.up_to_seq = ${upToSeq}) as "heldCents",
      (select count(*)::int from settlement.carry_over o where o.up_to_seq = ${upToSeq}) as "carriedOver",
      (select coalesce(sum(o.gross), 0)::float8 from settlement.carry_over o where o.up_to_seq = ${upToSeq}) as "carriedOverCents"
    from settlement.statement where up_to_seq = ${upToSeq} and net > 0`;
  return row!;
}
