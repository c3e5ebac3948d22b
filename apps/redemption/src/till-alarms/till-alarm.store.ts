// The SQL of alarms: how many unknown codes a place, or all tills together, named within a window.
import { ALARM_PLACE_COUNT, ALARM_PLATFORM_COUNT, ALARM_WINDOW_MS } from '../limits.js';
import type { TillAlarmId, PlaceId } from '#libs/kernel';
import { TillAlarmRaisedV1 } from '#libs/contracts';
import type { Sql, Tx } from '#libs/persistence';

type Raised = Readonly<{ alarmId: string; placeId: string | null; count: number; isNew: boolean }>;

/** After counts were added for these subjects (`place:<uuid>`, `platform`): one alarm per window, told once, whose count goes on. */
export async function raiseAlarms(tx: Tx, subjects: readonly string[]): Promise<void> {
  const asked = subjects.filter((subject) => subject === 'platform' || subject.startsWith('place:')).sort();
  if (asked.length === 0) return;
  const from = new Date(tx.now.getTime() - (tx.now.getTime() % ALARM_WINDOW_MS));
  const raised = await tx.sql.$queryRaw<Raised[]>`
    insert into redemption.till_alarm as a (id, place_id, window_from, count, first_at, last_at)
    select t.id, nullif(split_part(t.subject, ':', 2), '')::uuid, ${from}, c.count, c.first_minute, ${tx.now}
    from unnest(${asked}::text[], ${asked.map(() => tx.newId())}::uuid[]) with ordinality as t(subject, id, place)
    cross join lateral (
      select sum(unknown)::int as count, min(minute) as first_minute from redemption.till_count k
      where k.subject = t.subject and k.minute >= ${from} and k.minute < ${new Date(from.getTime() + ALARM_WINDOW_MS)}
    ) c
    where c.count >= case t.subject when 'platform' then ${ALARM_PLATFORM_COUNT}::int else ${ALARM_PLACE_COUNT}::int end
    order by t.place
    on conflict (place_id, window_from) do update set count = excluded.count, last_at = greatest(a.last_at, excluded.last_at)
    where excluded.count > a.count
    returning a.id as "alarmId", a.place_id as "placeId", a.count, a.xmax = 0 as "isNew"`;
  await tx.emitAll(TillAlarmRaisedV1, raised.filter(({ isNew }) => isNew).map(({ alarmId, placeId, count }) => ({
    subject: `tillAlarm:${alarmId}`, body: { alarmId, ...(placeId !== null && { placeId }), windowFrom: from.toISOString(), count },
  })));
}

export type TillAlarmView = Readonly<{
  alarmId: TillAlarmId; placeId: PlaceId | null; placeName: string | null; windowFrom: Date; count: number; firstAt: Date; lastAt: Date;
  seenBy: string | null; seenAt: Date | null;
}>;

export type AlarmsAsked = Readonly<{ before: TillAlarmId | null; rowsMax: number; seen: boolean | null }>;

export function listAlarms(sql: Sql, { before, rowsMax, seen }: AlarmsAsked): Promise<TillAlarmView[]> {
  return sql.$queryRaw<TillAlarmView[]>`
    select a.id as "alarmId", a.place_id as "placeId", p.name as "placeName", a.window_from as "windowFrom", a.count,
      a.first_at as "firstAt", a.last_at as "lastAt", a.seen_by as "seenBy", a.seen_at as "seenAt"
    from redemption.till_alarm a left join redemption.place p on p.id = a.place_id
    where (${before}::uuid is null or a.id < ${before}::uuid) and (${seen}::boolean is null or (a.seen_at is not null) = ${seen}::boolean)
    order by a.id desc limit ${rowsMax}`;
}

/** Nobody else marks it, and its count stands still, until this transaction ends. */
export async function lockAlarm(tx: Tx, alarmId: TillAlarmId): Promise<{ seen: boolean } | undefined> {
  const [row] = await tx.sql.$queryRaw<{ seen: boolean }[]>`
    select seen_at is not null as seen from redemption.till_alarm where id = ${alarmId}::uuid for update`;
  return row;
}

export async function markSeen(tx: Tx, alarmId: TillAlarmId, seenBy: string): Promise<void> {
  await tx.sql.$executeRaw`update redemption.till_alarm set seen_by = ${seenBy}, seen_at = ${tx.now} where id = ${alarmId}::uuid`;
}
