import type { DeviceId, LocalDate, PlaceId, RedemptionId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { ReceivedCapture, StoredCapture } from './receive-captures.decision.js';

/** Where the days of the place are counted; undefined for one that is not registered. */
export async function timeZoneOf(sql: Sql, placeId: PlaceId): Promise<string | undefined> {
  const [row] = await sql.$queryRaw<{ timeZone: string }[]>`
    select time_zone as "timeZone" from redemption.site where place_id = ${placeId}::uuid limit 1`;
  return row?.timeZone;
}

export async function readCaptures(tx: Tx, ids: readonly RedemptionId[]): Promise<Map<RedemptionId, StoredCapture>> {
  const rows = await tx.sql.$queryRaw<StoredCapture[]>`
    select id, device_id as "deviceId", captured_at as "capturedAt", refusal from redemption.offline_capture where id = any(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those that count, of a device, by day; the caller holds the device's lock. */
export async function countCaptures(tx: Tx, deviceId: DeviceId, days: readonly LocalDate[]): Promise<Map<LocalDate, number>> {
  const rows = await tx.sql.$queryRaw<{ day: LocalDate; count: number }[]>`
    select service_day::text as day, count(*)::int as count from redemption.offline_capture
    where device_id = ${deviceId}::uuid and service_day = any(${days}::date[]) and refusal is null group by 1`;
  return new Map(rows.map(({ day, count }) => [day, count]));
}

/** One that another device sends under the same id at the same moment is left as it is. */
export async function insertCaptures(tx: Tx, deviceId: DeviceId, captures: readonly ReceivedCapture[]): Promise<void> {
  if (captures.length === 0) return;
  const rows = captures.map(({ id, capturedAt, serviceDay, refusal }) => ({ id, capturedAt, serviceDay, refusal }));
  await tx.sql.$executeRaw`
    insert into redemption.offline_capture (id, device_id, captured_at, service_day, refusal, received_at)
    select t.id, ${deviceId}::uuid, t."capturedAt", t."serviceDay", t.refusal, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "capturedAt" timestamptz, "serviceDay" date, refusal text)
    on conflict (id) do nothing`;
}
