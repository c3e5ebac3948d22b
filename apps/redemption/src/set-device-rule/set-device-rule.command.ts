import { Command, Query } from '@nestjs/cqrs';
import type { PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type DeviceRule = Readonly<{ placeId: PlaceId; version: number; devicesOnly: boolean }>;

/** Whether tills of the place redeem on enrolled devices only. In force at the commit. */
export class SetDeviceRule extends Command<DeviceRule | Rejected> {
  constructor(readonly placeId: PlaceId, readonly devicesOnly: boolean, readonly meta: Meta) {
    super();
  }
}

/** Version 0 and false for a place that never said. */
export class ShowDeviceRule extends Query<DeviceRule> {
  constructor(readonly placeId: PlaceId) {
    super();
  }
}
