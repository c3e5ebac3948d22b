// What a command of its own has to know of the devices of one place: the same as the copy that tills decide by.
import type { Tx } from '#libs/persistence';
import { readDeviceRule } from '../set-device-rule/device-rule.store.js';
import type { Till } from '../till-limits/till-limits.js';
import { deviceRefusal } from './device-signature.decision.js';

/** Whether this till may do anything there; undefined when it may. */
export async function tillRefusal(tx: Tx, { placeId, deviceId }: Till) {
  const { devicesOnly } = await readDeviceRule(tx.sql, placeId);
  const revoked = deviceId === undefined ? [] : await tx.sql.$queryRaw<unknown[]>`
    select 1 from redemption.till_device where id = ${deviceId}::uuid and revoked_at is not null`;
  return deviceRefusal({
    devicesOnly: new Set(devicesOnly ? [placeId] : []), revokedDevices: new Set(revoked.length > 0 && deviceId ? [deviceId] : []),
  }, placeId, deviceId);
}
