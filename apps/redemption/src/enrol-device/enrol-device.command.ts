import { Command } from '@nestjs/cqrs';
import type { DeviceId, EnrolmentId, PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { DeviceJwk } from '../device-signature/device-key.js';

export type Enrolment = Readonly<{ enrolmentId: EnrolmentId; expiresAt: string }>;

/** The right to enrol one device of the place, for some minutes. */
export class OpenEnrolment extends Command<Enrolment | Rejected> {
  constructor(readonly placeId: PlaceId, readonly meta: Meta) {
    super();
  }
}

export type NewDevice = Readonly<{
  placeId: PlaceId;
  /** Of the enrolment's code. */
  codeHash: string;
  name: string;
  jwk: DeviceJwk;
  /** The device showed that it has the private half. */
  isProved: boolean;
}>;
export type Enrolled = Readonly<{ deviceId: DeviceId; placeId: PlaceId; name: string; enrolledAt: string }>;

/** A device uses the right: from now on its signatures count for the place. */
export class EnrolDevice extends Command<Enrolled | Rejected> {
  constructor(readonly device: NewDevice, readonly meta: Meta) {
    super();
  }
}
