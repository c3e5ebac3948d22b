// The SQL of devices and of the enrolments by which they came.
import { idOf, type DeviceId, type EnrolmentId, type PlaceId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { DeviceJwk } from '../device-signature/device-key.js';
import type { OpenedEnrolment } from './enrol-device.decision.js';

export async function isPlaceKnown(tx: Tx, placeId: PlaceId): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from redemption.place where id = ${placeId}::uuid`;
  return rows.length > 0;
}

export type NewEnrolment = Readonly<{ enrolmentId: EnrolmentId; placeId: PlaceId; codeHash: string; expiresAt: Date }>;

export async function insertEnrolment(tx: Tx, { enrolmentId, placeId, codeHash, expiresAt }: NewEnrolment): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.device_enrolment (id, place_id, code_hash, created_by, created_at, expires_at)
    values (${enrolmentId}::uuid, ${placeId}::uuid, ${codeHash}, ${tx.origin.actor.id}, ${tx.now}, ${expiresAt})`;
}

export async function readEnrolment(tx: Tx, codeHash: string): Promise<OpenedEnrolment | undefined> {
  const [row] = await tx.sql.$queryRaw<{ id: string; place_id: string; expires_at: Date; used: boolean }[]>`
    select e.id, e.place_id, e.expires_at, exists (select from redemption.till_device d where d.enrolment_id = e.id) as used
    from redemption.device_enrolment e where e.code_hash = ${codeHash}`;
  return row && { enrolmentId: idOf('enrolment', row.id), placeId: idOf('place', row.place_id), expiresAt: row.expires_at, isUsed: row.used };
}

/** Of the place, not revoked. */
export async function countDevices(tx: Tx, placeId: PlaceId): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from redemption.till_device where place_id = ${placeId}::uuid and revoked_at is null`;
  return row!.count;
}

/** A revoked device's key too: it would come back by another name. */
export async function isKeyTaken(tx: Tx, thumbprint: string): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from redemption.till_device where thumbprint = ${thumbprint}`;
  return rows.length > 0;
}

export type DeviceRow = Readonly<{
  deviceId: DeviceId; placeId: PlaceId; enrolmentId: EnrolmentId; name: string; jwk: DeviceJwk; thumbprint: string;
}>;

export async function insertDevice(tx: Tx, { deviceId, placeId, enrolmentId, name, jwk, thumbprint }: DeviceRow): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.till_device (id, place_id, enrolment_id, name, public_key, thumbprint, enrolled_by, enrolled_at)
    values (${deviceId}::uuid, ${placeId}::uuid, ${enrolmentId}::uuid, ${name}, ${JSON.stringify(jwk)}::jsonb, ${thumbprint},
      ${tx.origin.actor.id}, ${tx.now})`;
}
