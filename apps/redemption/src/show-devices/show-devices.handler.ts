import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { listDevices, type DeviceView } from './device-view.store.js';
import { ListDevices } from './show-devices.query.js';

@QueryHandler(ListDevices)
export class ListDevicesHandler implements IQueryHandler<ListDevices> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListDevices): Promise<readonly DeviceView[]> {
    return listDevices(this.work.client, asked);
  }
}
