import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { BOOKS_SETTLE_MS } from '../limits.js';
import type { RefusalCode } from '../refusals.js';
import { SettlementWork } from '../settlement.work.js';
import { ListBalances, ListTransfers, type AsOf, type Balances, type Moment, type Transfers } from './books.queries.js';
import { closingEnd, listBalances, listTransfers } from './books.store.js';

@QueryHandler(ListBalances)
export class ListBalancesHandler implements IQueryHandler<ListBalances> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ filter: { moment, ...filter } }: ListBalances): Promise<Balances | Rejected<RefusalCode>> {
    const asOf = await asOfMoment(this.work, moment);
    return isRejected(asOf) ? asOf : { ...asOf, rows: await listBalances(this.work.client, { ...filter, at: asOf.at }) };
  }
}

@QueryHandler(ListTransfers)
export class ListTransfersHandler implements IQueryHandler<ListTransfers> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ filter: { moment, ...filter } }: ListTransfers): Promise<Transfers | Rejected<RefusalCode>> {
    const asOf = await asOfMoment(this.work, moment);
    return isRejected(asOf) ? asOf : { ...asOf, rows: await listTransfers(this.work.client, { ...filter, at: asOf.at }) };
  }
}

/** Nothing is known of moments to come: they are answered as now. */
async function asOfMoment(work: SettlementWork, { at, closing }: Moment): Promise<AsOf | Rejected<RefusalCode>> {
  const now = await work.moment();
  const end = closing === null ? at : await closingEnd(work.client, closing);
  if (closing !== null && !end) return reject(end === undefined ? 'closing_unknown' : 'closing_open');
  const asked = end && end < now ? end : now;
  return { at: asked, isFinal: now.getTime() - asked.getTime() >= BOOKS_SETTLE_MS };
}
