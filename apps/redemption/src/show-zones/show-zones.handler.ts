import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { listsInForce, zonesOfCommunes } from '../import-zones/zone-row.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { ShowZones } from './show-zones.query.js';

@QueryHandler(ShowZones)
export class ShowZonesHandler implements IQueryHandler<ShowZones> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ communes }: ShowZones) {
    const { client } = this.work;
    const lists = await listsInForce(client);
    return { lists, communes: await zonesOfCommunes(client, lists, communes) };
  }
}
