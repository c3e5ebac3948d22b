import type { LocalDate } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

/** When redemption was told that the statements of that period are due; undefined: it was not. */
export async function calledAt(sql: Sql, periodEnd: LocalDate): Promise<Date | undefined> {
  const [row] = await sql.$queryRaw<{ at: Date }[]>`select called_at as at from settlement.closing_call where period_end = ${periodEnd}::date`;
  return row?.at;
}

export async function insertCall(tx: Tx, periodEnd: LocalDate, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.closing_call (period_end, event_id, called_at) values (${periodEnd}::date, ${eventId}::uuid, ${tx.now})`;
}

/** Has redemption totalled since, with all parts here? */
export async function isAnswered(sql: Sql, since: Date): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ answered: boolean }[]>`
    select exists (
      select from settlement.redemption_total_part group by up_to_seq having count(*) = max(parts) and min(received_at) >= ${since}) as answered`;
  return row!.answered;
}

/** A closing that this process, or one before it, began and did not finish. */
export async function isLeftOpen(sql: Sql, openedBy: string): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ open: boolean }[]>`
    select exists (select from settlement.statement_closing where finished_at is null and opened_by = ${openedBy}) as open`;
  return row!.open;
}
