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

/**
 * In whole days of our banks' calendar, by programme, of the lines whose payment left in the month and stayed. What was paid early of a
 * statement waited only until then: it is laid over its oldest lines, cent by cent, and a line of two payments waited by the weight of
 * each.
 */
export async function timeToPayIn(sql: Sql, month: Month): Promise<TimeToPay[]> {
  return sql.$queryRaw<TimeToPay[]>`
    with paid as (
      select p.id, coalesce(booked.booked_on, (t.sent_at at time zone ${BANK_TIME_ZONE})::date) as paid_on
      from settlement.payment p
      left join settlement.payment_movement booked on booked.payment_id = p.id and booked.movement = 'booked'
      left join settlement.stripe_transfer t on t.payment_id = p.id
      where p.purpose = 'place' and t.reversed_at is null
        and not exists (select from settlement.payment_movement r where r.payment_id = p.id and r.movement = 'returned')),
    stated as (
      select s.id, s.net, paid.paid_on from paid join settlement.payment_statement ps on ps.payment_id = paid.id
      join settlement.statement s on s.id = ps.statement_id
      where paid.paid_on >= ${`${month}-01`}::date and paid.paid_on < ${`${month}-01`}::date + interval '1 month'),
    early as (
      select st.id as statement_id, e.amount, coalesce(min(b.booked_on), st.paid_on) as paid_on
      from stated st join settlement.early_payment_end e on e.statement_id = st.id and e.kind = 'netted'
      left join settlement.payment_early pe on pe.early_payment_id = e.early_payment_id
      left join settlement.payment_movement b on b.payment_id = pe.payment_id and b.movement = 'booked'
        and not exists (select from settlement.payment_movement r where r.payment_id = b.payment_id and r.movement = 'returned')
      group by st.id, st.paid_on, e.id, e.amount),
    -- Each payment of a statement as a stretch from 0 to 1 of its net, in the order of their days.
    stretch as (
      select id as statement_id, paid_on, (sum(amount) over w - amount)::numeric / net as beginning, (sum(amount) over w)::numeric / net as ending
      from (
        select st.id, st.net, e.amount, e.paid_on from stated st join early e on e.statement_id = st.id
        union all select st.id, st.net, st.net - coalesce((select sum(e.amount) from early e where e.statement_id = st.id), 0), st.paid_on from stated st) parts
      where amount > 0
      window w as (partition by id order by paid_on, amount rows unbounded preceding)),
    line as (
      select l.statement_id, c.programme_id, (c.redeemed_at at time zone ${BANK_TIME_ZONE})::date as redeemed_on,
        (sum(c.gross) over w - c.gross)::numeric / sum(c.gross) over whole as beginning, (sum(c.gross) over w)::numeric / sum(c.gross) over whole as ending
      from stated st join settlement.statement_line l on l.statement_id = st.id
      join settlement.claim_line c on c.id = l.claim_line_id
      -- What an incident put beside a line is a correction of it, and what was undone is no service that waited.
      where l.incident_id is null and c.undo_id is null
        and not exists (select from settlement.claim_line u where u.redemption_id = c.redemption_id and u.undo_id is not null)
      window w as (partition by l.statement_id order by c.redeemed_at, c.id rows unbounded preceding), whole as (partition by l.statement_id)),
    waited as (
      select line.programme_id, round(sum((least(line.ending, s.ending) - greatest(line.beginning, s.beginning)) * greatest(s.paid_on - line.redeemed_on, 0))
        / (line.ending - line.beginning))::int as days
      from line join stretch s on s.statement_id = line.statement_id and s.beginning < line.ending and s.ending > line.beginning
      group by line.statement_id, line.programme_id, line.redeemed_on, line.beginning, line.ending)
    select programme_id as "programmeId", count(*)::int as lines, percentile_disc(0.5) within group (order by days)::int as "medianDays",
      percentile_disc(0.9) within group (order by days)::int as "ninthDecileDays", max(days)::int as "longestDays"
    from waited group by 1 order by 1`;
}
