import type { DeviceId, PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { DeviceJwk } from './device-key.js';

export type EnrolledKey = Readonly<{ placeId: PlaceId; jwk: DeviceJwk }>;

/** Of a device that is or was enrolled. */
export async function readDeviceKey(sql: Sql, deviceId: DeviceId): Promise<EnrolledKey | undefined> {
  const [row] = await sql.$queryRaw<{ place_id: PlaceId; public_key: DeviceJwk }[]>`
    select place_id, public_key from redemption.till_device where id = ${deviceId}::uuid`;
  return row && { placeId: row.place_id, jwk: row.public_key };
}
