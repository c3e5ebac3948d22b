import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { ListDestinations } from './payee-destination.commands.js';
import { destinationsOf, type ShownDestination } from './payee-destination.store.js';

@QueryHandler(ListDestinations)
export class ListDestinationsHandler implements IQueryHandler<ListDestinations> {
  constructor(private readonly work: SettlementWork) {}

  execute({ payeeId }: ListDestinations): Promise<readonly ShownDestination[]> {
    return destinationsOf(this.work.client, payeeId);
  }
}
