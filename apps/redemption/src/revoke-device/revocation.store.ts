import { idOf, type DeviceId, type PlaceId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

/** Nobody else revokes it until this transaction ends. */
export async function lockDevice(tx: Tx, deviceId: DeviceId): Promise<{ placeId: PlaceId; revokedAt: Date | null } | undefined> {
  const [row] = await tx.sql.$queryRaw<{ place_id: string; revoked_at: Date | null }[]>`
    select place_id, revoked_at from redemption.till_device where id = ${deviceId}::uuid for update`;
  return row && { placeId: idOf('place', row.place_id), revokedAt: row.revoked_at };
}

export async function revokeDevice(tx: Tx, deviceId: DeviceId): Promise<void> {
  await tx.sql.$executeRaw`
    update redemption.till_device set revoked_by = ${tx.origin.actor.id}, revoked_at = ${tx.now} where id = ${deviceId}::uuid`;
}
