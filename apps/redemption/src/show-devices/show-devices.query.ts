import { Query } from '@nestjs/cqrs';
import type { DevicesAsked, DeviceView } from './device-view.store.js';

/** Newest first, from the one before `before` on. */
export class ListDevices extends Query<readonly DeviceView[]> {
  constructor(readonly asked: DevicesAsked) {
    super();
  }
}
