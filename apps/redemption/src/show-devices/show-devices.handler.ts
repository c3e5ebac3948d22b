import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { RedemptionWork } from '../redemption.work.js';
import { listDevices, type DeviceView } from './device-view.store.js';
import { ListDevices } from './show-devices.query.js';

@QueryHandler(ListDevices)
export class ListDevicesHandler implements IQueryHandler<ListDevices> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListDevices): Promise<readonly DeviceView[]> {
    return readAs(this.work, asked.placeId ?? OVERSEER, (sql) => listDevices(sql, asked));
  }
}
