// The keys of devices, as one process remembers them. A device's key and place never change, so that what was read once holds
// for ever; that a device was revoked is not asked here but where the redemption is decided.
import type { KeyObject } from 'node:crypto';
import { assert, type DeviceId, type PlaceId } from '#libs/kernel';
import { DEVICES_REMEMBERED_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { keyOf } from './device-key.js';
import { readDeviceKey } from './device-key.store.js';

export type Device = Readonly<{ placeId: PlaceId; key: KeyObject }>;

export class DeviceKeys {
  // Insertion order is age, so the first key is the one to drop when the bound is reached.
  private readonly remembered = new Map<DeviceId, Device>();

  constructor(private readonly work: RedemptionWork) {}

  /** Undefined for an id that no device has: that is not remembered, because it may be enrolled a moment later. */
  async find(deviceId: DeviceId): Promise<Device | undefined> {
    const known = this.remembered.get(deviceId);
    if (known) return known;
    const enrolled = await readDeviceKey(this.work.client, deviceId);
    if (!enrolled) return undefined;
    const key = keyOf(enrolled.jwk);
    assert(key, `the key of device ${deviceId} is none`);
    if (this.remembered.size >= DEVICES_REMEMBERED_MAX) this.remembered.delete(this.remembered.keys().next().value!);
    const device = { placeId: enrolled.placeId, key };
    this.remembered.set(deviceId, device);
    return device;
  }
}
