import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AuditWork } from '../audit.work.js';
import { listReadings } from './reading.store.js';
import { ShowReadings } from './show-readings.query.js';

@QueryHandler(ShowReadings)
export class ShowReadingsHandler implements IQueryHandler<ShowReadings> {
  constructor(private readonly work: AuditWork) {}

  execute({ filter, limit, after }: ShowReadings) {
    return listReadings(this.work.client, filter, limit, after);
  }
}
