// The SQL by which a rule gets what it counts.
import type { Tx } from '#libs/persistence';
import type { Use } from './attendance.decision.js';
import { ALERT_FACTS_MAX } from '../limits.js';
import type { Share } from './concentration.decision.js';
import type { PlaceDay, Stretch } from './watch.store.js';

type UseRow = Omit<Use, 'at' | 'handOver'> & PlaceDay & Readonly<{
  at: Date; handOverId: string | null; handedOverAt: Date | null; first: number | null; last: number | null;
}>;
export type UsesOfDay = PlaceDay & Readonly<{ uses: readonly Use[] }>;

/** Everything of these days of these places that was not undone, in one statement. */
export async function readPlaceDays(tx: Tx, days: readonly PlaceDay[]): Promise<UsesOfDay[]> {
  const rows = await tx.sql.$queryRaw<UseRow[]>`
    select r.place_id as "placeId", r.day::text as day, r.redemption_id as "redemptionId", r.at, r.minute, r.device_id as "deviceId",
      r.batch_id as "batchId", r.voucher_index as index, r.session_id as "sessionId", r.participation_id as "participationId",
      r.amount::float8 as "amountCents", h.hand_over_id as "handOverId", h.at as "handedOverAt", h.first, h.last,
      array(select distinct a.rule from audit.alert_fact f join audit.alert a on a.id = f.alert_id join audit.alert_decision d on d.alert_id = a.id
        where f.event_id = r.redemption_id) as "judgedBy"
    from unnest(${days.map(({ placeId }) => placeId)}::uuid[], ${days.map(({ day }) => day)}::date[]) as w(place_id, day)
    join audit.watched_redemption r on r.place_id = w.place_id and r.day = w.day and not r.undone
    left join audit.watched_hand_over h on h.hand_over_id = r.hand_over_id
    order by r.place_id, r.day, r.log_index`;
  const byDay = new Map<string, { placeId: string; day: string; uses: Use[] }>();
  for (const { placeId, day, at, handOverId, handedOverAt, first, last, ...row } of rows) {
    const name = `${placeId} ${day}`;
    const known = byDay.get(name) ?? { placeId, day, uses: [] };
    byDay.set(name, known);
    known.uses.push({
      ...row, at: at.getTime(),
      handOver: handOverId === null ? null : { id: handOverId, at: handedOverAt!.getTime(), first: first!, last: last! },
    });
  }
  return [...byDay.values()];
}

export type DistributorMonth = Readonly<{ distributorId: string; from: string; to: string }>;
export type SharesOfMonth = DistributorMonth & Readonly<{ shares: readonly Share[] }>;

/** Of the distributors whose vouchers were used on these days: their months, with what went to which place in each. */
export function readShares(tx: Tx, days: readonly PlaceDay[]): Promise<SharesOfMonth[]> {
  return tx.sql.$queryRaw<SharesOfMonth[]>`
    with months as (
      select distinct r.distributor_id, date_trunc('month', r.day)::date as first, (date_trunc('month', r.day) + interval '1 month - 1 day')::date as last
      from unnest(${days.map(({ placeId }) => placeId)}::uuid[], ${days.map(({ day }) => day)}::date[]) as w(place_id, day)
      join audit.watched_redemption r on r.place_id = w.place_id and r.day = w.day and r.distributor_id is not null
    ), counted as (
      select m.distributor_id, m.first, m.last, r.place_id, count(*)::int as count
      from months m join audit.watched_redemption r on r.distributor_id = m.distributor_id and r.day between m.first and m.last
      where r.session_id is null and not r.undone
        and not exists (select from audit.alert_fact f join audit.alert a on a.id = f.alert_id and a.rule = 'concentration'
          join audit.alert_decision d on d.alert_id = a.id where f.event_id = r.redemption_id)
      group by 1, 2, 3, 4)
    select distributor_id as "distributorId", first::text as "from", last::text as "to",
      jsonb_agg(jsonb_build_object('placeId', place_id, 'count', count) order by place_id) as shares
    from counted group by distributor_id, first, last order by distributor_id, first`;
}

export type ConcentratedFact = Readonly<{ redemptionId: string; at: Date; amountCents: number }>;

/** The redemptions behind a share, the oldest first. */
export function factsOfShare(tx: Tx, { distributorId, from, to }: DistributorMonth, placeId: string): Promise<ConcentratedFact[]> {
  return tx.sql.$queryRaw<ConcentratedFact[]>`
    select r.redemption_id as "redemptionId", r.at, r.amount::float8 as "amountCents" from audit.watched_redemption r
    where r.distributor_id = ${distributorId}::uuid and r.day between ${from}::date and ${to}::date and r.session_id is null and not r.undone
      and r.place_id = ${placeId}::uuid
      and not exists (select from audit.alert_fact f join audit.alert a on a.id = f.alert_id and a.rule = 'concentration'
        join audit.alert_decision d on d.alert_id = a.id where f.event_id = r.redemption_id)
    order by r.at, r.redemption_id limit ${ALERT_FACTS_MAX}::int`;
}

export type ToldAlarm = Readonly<{ eventId: string; placeId: string | null; day: string; at: Date; count: number }>;

/** Alarms of tills that this stretch tells, on the day that it was at the place. */
export function alarmsOf(tx: Tx, { from, to }: Stretch): Promise<ToldAlarm[]> {
  return tx.sql.$queryRaw<ToldAlarm[]>`
    select e.id as "eventId", (e.body ->> 'placeId')::uuid as "placeId", (e.body ->> 'count')::int as count,
      (e.body ->> 'windowFrom')::timestamptz as at,
      ((e.body ->> 'windowFrom')::timestamptz at time zone coalesce(p.time_zone, 'Europe/Paris'))::date::text as day
    from audit.sealed_between(${from}, ${to}) l join audit.event e on e.sender = l.sender and e.seq between l.first_seq and l.last_seq
    left join audit.watched_place p on p.place_id = (e.body ->> 'placeId')::uuid
    where e.type = 'till_alarm.raised.v1' order by l.first_index, e.seq`;
}
