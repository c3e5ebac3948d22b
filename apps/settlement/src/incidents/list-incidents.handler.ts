import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { incidents } from './incidents.listing.js';
import { ListIncidents, type ListedIncident } from './list-incidents.query.js';

@QueryHandler(ListIncidents)
export class ListIncidentsHandler implements IQueryHandler<ListIncidents> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader: { placeId }, asked }: ListIncidents): Promise<ListingPage<ListedIncident>> {
    return readListing<ListedIncident>(this.work, incidents, { reader: placeId ?? OVERSEER, rights: [placeId] }, asked);
  }
}
