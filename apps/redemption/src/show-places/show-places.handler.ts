import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { listPlaces, type PlaceView } from './place-view.store.js';
import { ListPlaces } from './show-places.query.js';

@QueryHandler(ListPlaces)
export class ListPlacesHandler implements IQueryHandler<ListPlaces> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListPlaces): Promise<readonly PlaceView[]> {
    return listPlaces(this.work.client, asked);
  }
}
