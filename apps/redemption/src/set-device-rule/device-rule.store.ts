import type { PlaceId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { DeviceRule } from './set-device-rule.command.js';

export async function readDeviceRule(sql: Sql, placeId: PlaceId): Promise<DeviceRule> {
  const [row] = await sql.$queryRaw<{ version: number; devicesOnly: boolean }[]>`
    select version, devices_only as "devicesOnly" from redemption.device_rule where place_id = ${placeId}::uuid order by version desc limit 1`;
  return { placeId, ...(row ?? { version: 0, devicesOnly: false }) };
}

/** The caller holds the lock of the place's devices. */
export async function insertDeviceRule(tx: Tx, { placeId, version, devicesOnly }: DeviceRule): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.device_rule (place_id, version, devices_only, set_by, set_at)
    values (${placeId}::uuid, ${version}, ${devicesOnly}, ${tx.origin.actor.id}, ${tx.now})`;
}
