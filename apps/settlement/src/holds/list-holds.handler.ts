import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { ListHeldLines, ListHolds, type ListedHeldLine, type ListedHold } from './list-holds.query.js';
import { listHeldLines, listHolds } from './list-holds.store.js';

@QueryHandler(ListHolds)
export class ListHoldsHandler implements IQueryHandler<ListHolds> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, filter }: ListHolds): Promise<readonly ListedHold[]> {
    return listHolds(this.work.client, reader, filter, this.work.settings.clock.override());
  }
}

@QueryHandler(ListHeldLines)
export class ListHeldLinesHandler implements IQueryHandler<ListHeldLines> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ reader, page }: ListHeldLines): Promise<readonly ListedHeldLine[] | undefined> {
    const filter = { before: null, rowsMax: 1, holdId: page.holdId, state: null, payeeId: null };
    const [hold] = await listHolds(this.work.client, reader, filter, null);
    return hold && listHeldLines(this.work.client, page);
  }
}
