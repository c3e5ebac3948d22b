// Does a request come from a device of this place, and may it? Pure: the signature was checked before, and the moment and what
// is known are handed in.
import { reject, type DeviceId, type PlaceId } from '#libs/kernel';

export type Proof = Readonly<{
  placeId: PlaceId;
  /** Of the device that the request names; undefined when there is no such device. */
  devicePlaceId: PlaceId | undefined;
  isSigned: boolean;
  signedAt: Date;
  at: Date;
  skewMsMax: number;
}>;

/** Undefined when it is. A device of another place and one that is none are one answer. */
export function proofRefusal({ placeId, devicePlaceId, isSigned, signedAt, at, skewMsMax }: Proof) {
  if (devicePlaceId !== placeId) return reject('device_not_enrolled');
  if (!isSigned) return reject('device_signature_invalid');
  if (Math.abs(at.getTime() - signedAt.getTime()) > skewMsMax) return reject('device_clock_skewed', { serverTime: at.toISOString() });
  return undefined;
}

/** As the copy of what tills decide by has it. */
export type Devices = Readonly<{
  /** Places that redeem on enrolled devices only. */
  devicesOnly: ReadonlySet<PlaceId>;
  /** Revoked for ever. */
  revokedDevices: ReadonlySet<DeviceId>;
}>;

/** Asked under the locks of the vouchers, so that from the commit of a revocation on no redemption of that device is made. */
export function deviceRefusal({ devicesOnly, revokedDevices }: Devices, placeId: PlaceId, deviceId: DeviceId | undefined) {
  if (deviceId === undefined) return devicesOnly.has(placeId) ? reject('device_not_enrolled') : undefined;
  return revokedDevices.has(deviceId) ? reject('device_revoked') : undefined;
}
