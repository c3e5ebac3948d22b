import type { DeviceId, PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export type DeviceView = Readonly<{
  deviceId: DeviceId; placeId: PlaceId; name: string; curve: string; enrolledAt: Date; revokedAt: Date | null; lastUsedAt: Date | null;
}>;

/** `placeId`: null for those of all places. */
export type DevicesAsked = Readonly<{ before: DeviceId | null; rowsMax: number; placeId: PlaceId | null }>;

export function listDevices(sql: Sql, { before, rowsMax, placeId }: DevicesAsked): Promise<DeviceView[]> {
  return sql.$queryRaw<DeviceView[]>`
    select id as "deviceId", place_id as "placeId", name, public_key ->> 'crv' as curve, enrolled_at as "enrolledAt",
      revoked_at as "revokedAt", last_used_at as "lastUsedAt"
    from redemption.till_device
    where (${placeId}::uuid is null or place_id = ${placeId}::uuid) and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${rowsMax}`;
}
