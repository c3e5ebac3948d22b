import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeviceEnrolledV1 } from '#libs/contracts';
import { idOf, isRejected, reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { thumbprintOf } from '../device-signature/device-key.js';
import { DEVICES_PER_PLACE_MAX, ENROLMENT_MS } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import { countDevices, insertDevice, insertEnrolment, isKeyTaken, isPlaceKnown, readEnrolment } from './device.store.js';
import { EnrolDevice, OpenEnrolment, type Enrolled, type Enrolment } from './enrol-device.command.js';
import { decideDevice } from './enrol-device.decision.js';
import { EnrolmentCodes, enrolmentHashOf } from './enrolment-code.js';

@CommandHandler(OpenEnrolment)
export class OpenEnrolmentHandler implements ICommandHandler<OpenEnrolment> {
  constructor(private readonly work: RedemptionWork, private readonly codes: EnrolmentCodes) {}

  execute({ placeId, meta }: OpenEnrolment) {
    return this.work.once<Enrolment | Rejected<RefusalCode>>(meta, async (tx) => {
      if (!(await isPlaceKnown(tx, placeId))) return reject('place_not_registered');
      const enrolmentId = idOf('enrolment', tx.newId());
      const expiresAt = new Date(tx.now.getTime() + ENROLMENT_MS);
      await insertEnrolment(tx, { enrolmentId, placeId, codeHash: enrolmentHashOf(this.codes.codeOf(enrolmentId)), expiresAt });
      return { enrolmentId, expiresAt: expiresAt.toISOString() };
    });
  }
}

@CommandHandler(EnrolDevice)
export class EnrolDeviceHandler implements ICommandHandler<EnrolDevice> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ device, meta }: EnrolDevice) {
    return this.work.once<Enrolled | Rejected<RefusalCode>>(meta, async (tx) => {
      const { placeId, codeHash, name, jwk, isProved } = device;
      // Two that name one code queue here; the code enrols the first.
      await lockByName(tx, `devices:${placeId}`);
      const thumbprint = thumbprintOf(jwk);
      const decided = decideDevice({
        enrolment: await readEnrolment(tx, codeHash), placeId, isProved, isKeyTaken: await isKeyTaken(tx, thumbprint),
        deviceCount: await countDevices(tx, placeId), deviceCountMax: DEVICES_PER_PLACE_MAX, at: tx.now,
      });
      if (isRejected(decided)) return decided;

      const deviceId = idOf('device', tx.newId());
      const { enrolmentId } = decided;
      const enrolledAt = tx.now.toISOString();
      await insertDevice(tx, { deviceId, placeId, enrolmentId, name, jwk, thumbprint });
      await tx.emit(DeviceEnrolledV1, { subject: `device:${deviceId}`, body: { deviceId, placeId, enrolmentId, thumbprint, enrolledAt } });
      return { deviceId, placeId, name, enrolledAt };
    });
  }
}
