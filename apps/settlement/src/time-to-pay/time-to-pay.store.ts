// How long places waited, from the payments that reached them. What came back does not count: its place still waits, and is counted in
// the month of the payment that stays.
import type { LocalDate, Month } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';

export async function lastMeasured(sql: Sql): Promise<Month | undefined> {
  const [row] = await sql.$queryRaw<{ month: Month | null }[]>`select to_char(max(month), 'YYYY-MM') as month from settlement.measured_month`;
  return row!.month ?? undefined;
}

export async function insertMeasured(tx: Tx, month: Month, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.measured_month (month, event_id, measured_at) values (${`${month}-01`}::date, ${eventId}::uuid, ${tx.now})`;
}

/** The day on which a first payment to a place left, over either rail. */
export async function firstPaidOn(sql: Sql): Promise<LocalDate | undefined> {
  const [row] = await sql.$queryRaw<{ day: LocalDate | null }[]>`
    select least(
      (select min(m.booked_on) from settlement.payment_movement m join settlement.payment p on p.id = m.payment_id
        where m.movement = 'booked' and p.purpose = 'place'),
      (select min((t.sent_at at time zone ${BANK_TIME_ZONE})::date) from settlement.stripe_transfer t))::text as day`;
  return row!.day ?? undefined;
}

export type TimeToPay = Readonly<{ programmeId: string; lines: number; medianDays: number; ninthDecileDays: number; longestDays: number }>;

/** In whole days of our banks' calendar, by programme, of the lines whose payment left in the month and stayed. */
export async function timeToPayIn(sql: Sql, month: Month): Promise<TimeToPay[]> {
  return sql.$queryRaw<TimeToPay[]>`
    with paid as (
      select p.id, coalesce(booked.booked_on, (t.sent_at at time zone ${BANK_TIME_ZONE})::date) as paid_on
      from settlement.payment p
      left join settlement.payment_movement booked on booked.payment_id = p.id and booked.movement = 'booked'
      left join settlement.stripe_transfer t on t.payment_id = p.id
      where p.purpose = 'place' and t.reversed_at is null
        and not exists (select from settlement.payment_movement r where r.payment_id = p.id and r.movement = 'returned')),
    waited as (
      select c.programme_id, paid.paid_on - (c.redeemed_at at time zone ${BANK_TIME_ZONE})::date as days
      from paid join settlement.payment_statement ps on ps.payment_id = paid.id
      join settlement.statement_line l on l.statement_id = ps.statement_id
      join settlement.claim_line c on c.id = l.claim_line_id
      where paid.paid_on >= ${`${month}-01`}::date and paid.paid_on < ${`${month}-01`}::date + interval '1 month'
        -- What an incident put beside a line is a correction of it, and what was undone is no service that waited.
        and l.incident_id is null and c.undo_id is null
        and not exists (select from settlement.claim_line u where u.redemption_id = c.redemption_id and u.undo_id is not null))
    select programme_id as "programmeId", count(*)::int as lines, percentile_disc(0.5) within group (order by days)::int as "medianDays",
      percentile_disc(0.9) within group (order by days)::int as "ninthDecileDays", max(days)::int as "longestDays"
    from waited group by 1 order by 1`;
}
