import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { ListHeldLines, ListHolds, type ListedHeldLine, type ListedHold } from './list-holds.query.js';
import { listHeldLines, listHolds } from './list-holds.store.js';

@QueryHandler(ListHolds)
export class ListHoldsHandler implements IQueryHandler<ListHolds> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, filter }: ListHolds): Promise<readonly ListedHold[]> {
    const now = this.work.settings.clock.override();
    return readAs(this.work, reader.placeId ?? OVERSEER, (sql) => listHolds(sql, reader, filter, now));
  }
}

@QueryHandler(ListHeldLines)
export class ListHeldLinesHandler implements IQueryHandler<ListHeldLines> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ reader, page }: ListHeldLines): Promise<readonly ListedHeldLine[] | undefined> {
    const filter = { before: null, rowsMax: 1, holdId: page.holdId, state: null, payeeId: null };
    return readAs(this.work, reader.placeId ?? OVERSEER, async (sql) => {
      const [hold] = await listHolds(sql, reader, filter, null);
      return hold && listHeldLines(sql, page);
    });
  }
}
