// The SQL of what the watch remembers: where it stands in the log, and what a part of the log says of places, hand-overs and
// redemptions. In one order, so that the same log gives the same memory.
import type { Sql, Tx } from '#libs/persistence';
import { WATCHED_PER_PASS } from '../limits.js';

/** One watch at a time, in whatever process; released with the transaction. */
export async function lockWatch(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.alert-watch', 0))`;
}

/** From here up to before there, of what is sealed; empty when both are equal. */
export type Stretch = Readonly<{ from: bigint; to: bigint }>;

export async function nextStretch(sql: Sql): Promise<Stretch> {
  const [row] = await sql.$queryRaw<Stretch[]>`
    select p.next_index as "from", least(p.next_index + ${WATCHED_PER_PASS}::int, (select max(size) from audit.sealing)) as "to"
    from audit.watch_position p`;
  return row!;
}

export async function movePosition(tx: Tx, { to }: Stretch): Promise<void> {
  await tx.sql.$executeRaw`update audit.watch_position set next_index = ${to}`;
}

/** What the position says is what is remembered: each of these is written once, because no stretch is read twice. */
export async function keepPlaces(tx: Tx, { from, to }: Stretch): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.watched_place (place_id, name, time_zone)
    select distinct on (place_id) place_id, name, audit.known_zone(zone)
    from (select (e.body ->> 'placeId')::uuid as place_id, e.body ->> 'name' as name, e.body ->> 'timeZone' as zone, l.first_index + e.seq - l.first_seq as log_index
      from audit.sealed_between(${from}, ${to}) l join audit.event e on e.sender = l.sender and e.seq between l.first_seq and l.last_seq
      where e.type = 'place.accredited.v1') t
    order by place_id, log_index desc
    on conflict (place_id) do update set name = excluded.name, time_zone = excluded.time_zone`;
}

export async function keepHandOvers(tx: Tx, { from, to }: Stretch): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.watched_hand_over (hand_over_id, log_index, batch_id, distributor_id, first, last, at)
    select (e.body ->> 'handOverId')::uuid, l.first_index + e.seq - l.first_seq, (e.body ->> 'batchId')::uuid, (e.body ->> 'distributorId')::uuid,
      (e.body ->> 'first')::int, (e.body ->> 'last')::int, e.occurred_at
    from audit.sealed_between(${from}, ${to}) l join audit.event e on e.sender = l.sender and e.seq between l.first_seq and l.last_seq
    where e.type = 'range.handed_over.v1'`;
}

export async function keepRedemptions(tx: Tx, { from, to }: Stretch): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.watched_redemption (redemption_id, log_index, place_id, device_id, batch_id, voucher_index, session_id, participation_id, amount,
      at, day, minute)
    select e.id, l.first_index + e.seq - l.first_seq, (b ->> 'placeId')::uuid, (b ->> 'deviceId')::uuid, (b ->> 'batchId')::uuid, (b ->> 'voucherIndex')::int,
      (b ->> 'sessionId')::uuid, (b ->> 'participationId')::uuid, (b ->> 'amountCents')::bigint, t.at, shown.at::date,
      extract(hour from shown.at)::int * 60 + extract(minute from shown.at)::int
    from audit.sealed_between(${from}, ${to}) l join audit.event e on e.sender = l.sender and e.seq between l.first_seq and l.last_seq
    cross join lateral (select e.body as b, coalesce(e.body ->> 'capturedAt', e.body ->> 'redeemedAt')::timestamptz as at) t
    left join audit.watched_place p on p.place_id = (b ->> 'placeId')::uuid
    cross join lateral (select t.at at time zone coalesce(p.time_zone, 'Europe/Paris') as at) shown
    where e.type = 'voucher.redeemed.v1'`;
}

export async function keepUndoings(tx: Tx, { from, to }: Stretch): Promise<void> {
  await tx.sql.$executeRaw`
    update audit.watched_redemption r set undone = true
    from audit.sealed_between(${from}, ${to}) l join audit.event e on e.sender = l.sender and e.seq between l.first_seq and l.last_seq
    where e.type = 'redemption.undone.v1' and r.redemption_id = (e.body ->> 'redemptionId')::uuid`;
}

export type PlaceDay = Readonly<{ placeId: string; day: string }>;

/**
 * Gives redemptions the hand-over of their voucher, whichever of the two was told first. Returns the days of places that this
 * stretch says something new about.
 */
export function linkHandOvers(tx: Tx, { from, to }: Stretch): Promise<PlaceDay[]> {
  return tx.sql.$queryRaw<PlaceDay[]>`
    with open as (
      select r.redemption_id, r.batch_id, r.voucher_index from audit.watched_redemption r where r.log_index >= ${from} and r.log_index < ${to}
      union
      select r.redemption_id, r.batch_id, r.voucher_index from audit.watched_hand_over h
      join audit.watched_redemption r on r.batch_id = h.batch_id and r.voucher_index between h.first and h.last and r.hand_over_id is null
      where h.log_index >= ${from} and h.log_index < ${to}
    ), linked as (
      update audit.watched_redemption r set hand_over_id = h.hand_over_id, distributor_id = h.distributor_id
      from open cross join lateral (
        select n.* from (select * from audit.watched_hand_over n where n.batch_id = open.batch_id and n.first <= open.voucher_index
          order by n.first desc, n.log_index desc limit 1) n where n.last >= open.voucher_index) h
      where r.redemption_id = open.redemption_id
      returning r.place_id, r.day)
    select distinct place_id as "placeId", day::text as day from linked
    union
    select place_id, day::text from audit.watched_redemption where log_index >= ${from} and log_index < ${to}`;
}
