import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeviceRevokedV1 } from '#libs/contracts';
import { reject, type Rejected } from '#libs/kernel';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import { lockDevice, revokeDevice } from './revocation.store.js';
import { RevokeDevice, type Revoked } from './revoke-device.command.js';

@CommandHandler(RevokeDevice)
export class RevokeDeviceHandler implements ICommandHandler<RevokeDevice> {
  constructor(private readonly work: RedemptionWork) {}

  /** What was revoked before is answered as it was then: whoever lost a tablet wants to hear that it is done. */
  execute({ deviceId, placeId, meta }: RevokeDevice) {
    return this.work.once<Revoked | Rejected<RefusalCode>>(meta, async (tx) => {
      const device = await lockDevice(tx, deviceId);
      if (!device || (placeId !== null && device.placeId !== placeId)) return reject('device_not_found');
      const revoked = { deviceId, placeId: device.placeId, revokedAt: (device.revokedAt ?? tx.now).toISOString() };
      if (device.revokedAt) return revoked;
      await revokeDevice(tx, deviceId);
      await tx.emit(DeviceRevokedV1, { subject: `device:${deviceId}`, subjectVersion: 2, body: revoked });
      return revoked;
    });
  }
}
