import { Command } from '@nestjs/cqrs';
import type { DeviceId, PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type Revoked = Readonly<{ deviceId: DeviceId; placeId: PlaceId; revokedAt: string }>;

/** For ever. `placeId`: only a device of that place; null for the operator, who may revoke any. */
export class RevokeDevice extends Command<Revoked | Rejected> {
  constructor(readonly deviceId: DeviceId, readonly placeId: PlaceId | null, readonly meta: Meta) {
    super();
  }
}
