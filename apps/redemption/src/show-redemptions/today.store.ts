import { cents, dayIn, type Cents, type LocalDate, type PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { declaredOf, frozenTariffOf, participationOf, type DeclaredRow } from '../declared.store.js';
import { TODAY_ITEMS_MAX } from '../limits.js';
import type { Redemption } from '../redeem-voucher/redeem-voucher.decision.js';

export type Today = Readonly<{
  day: LocalDate;
  count: number;
  amount: Cents;
  /** The latest, newest first. */
  items: readonly Redemption[];
}>;

/** `now` is null in ordinary life: then the database's clock counts, as it does for the redemptions themselves. */
export async function redeemedToday(sql: Sql, placeId: PlaceId, now: Date | null): Promise<Today | undefined> {
  const [site] = await sql.$queryRaw<{ timeZone: string; now: Date; since: Date }[]>`
    select s.time_zone as "timeZone", n.now, date_trunc('day', n.now, s.time_zone) as since
    from redemption.site s, (select coalesce(${now}::timestamptz, clock_timestamp()) as now) n where s.place_id = ${placeId}::uuid`;
  if (!site) return undefined;
  const rows = await sql.$queryRaw<(Omit<Redemption, 'declared' | 'tariff'> & DeclaredRow & { count: number; sum: bigint })[]>`
    select id, voucher_id as "voucherId", batch_id as "batchId", programme_id as "programmeId", place_id as "placeId", site_id as "siteId",
      amount, co_payment as "coPayment", balance_after as "balanceAfter", service_date::text as "serviceDate", redeemed_at as "redeemedAt",
      session_id, service, duration_minutes, participants, first_visit, tariff_version, tariff_price, participation_id, paid_beside,
      count(*) over ()::int as count, sum(amount) over ()::bigint as sum
    from redemption.redemption r where place_id = ${placeId}::uuid and redeemed_at >= ${site.since}
      and not exists (select from redemption.undone_redemption u where u.redemption_id = r.id)
    order by outbox_id desc, id desc limit ${TODAY_ITEMS_MAX}`;
  const items = rows.map((row): Redemption => ({ ...row, declared: declaredOf(row), ...frozenTariffOf(row), ...participationOf(row) }));
  return { day: dayIn(site.timeZone, site.now), count: rows[0]?.count ?? 0, amount: cents(rows[0]?.sum ?? 0n), items };
}
