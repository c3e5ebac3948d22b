// May a device be enrolled by this code?
import { reject, type EnrolmentId, type PlaceId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type OpenedEnrolment = Readonly<{ enrolmentId: EnrolmentId; placeId: PlaceId; expiresAt: Date; isUsed: boolean }>;

export type Wanted = Readonly<{
  /** Undefined when no enrolment has this code. */
  enrolment: OpenedEnrolment | undefined;
  placeId: PlaceId;
  isProved: boolean;
  isKeyTaken: boolean;
  /** Devices of the place that are not revoked. */
  deviceCount: number;
  deviceCountMax: number;
  at: Date;
}>;

/** A code that is another place's is none. What became of it is told to its own place only. */
export function decideDevice(wanted: Wanted): OpenedEnrolment | Rejected<RefusalCode> {
  const { enrolment, placeId, isProved, isKeyTaken, deviceCount, deviceCountMax, at } = wanted;
  if (!enrolment || enrolment.placeId !== placeId) return reject('enrolment_not_found');
  if (enrolment.isUsed) return reject('enrolment_used');
  if (at > enrolment.expiresAt) return reject('enrolment_expired');
  if (!isProved) return reject('device_signature_invalid');
  if (isKeyTaken) return reject('device_key_taken');
  if (deviceCount >= deviceCountMax) return reject('devices_too_many', { deviceCountMax });
  return enrolment;
}
