import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { listPlaceInvoices, listWaitingPayees } from './place-invoice-view.store.js';
import {
  ListPlaceInvoices, ListWaitingPayees, ShowPlaceInvoice, type ListedPlaceInvoice, type WaitingPayee,
} from './place-invoices.queries.js';

const ALL = { payeeId: null, statementId: null, number: null, kind: null, before: null, rowsMax: 1 } as const;

@QueryHandler(ListPlaceInvoices)
export class ListPlaceInvoicesHandler implements IQueryHandler<ListPlaceInvoices> {
  constructor(private readonly work: SettlementWork) {}

  execute({ reader, page }: ListPlaceInvoices): Promise<readonly ListedPlaceInvoice[]> {
    return readAs(this.work, reader.placeId ?? OVERSEER, (sql) => listPlaceInvoices(sql, reader, page));
  }
}

@QueryHandler(ShowPlaceInvoice)
export class ShowPlaceInvoiceHandler implements IQueryHandler<ShowPlaceInvoice> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ reader, placeInvoiceId }: ShowPlaceInvoice): Promise<ListedPlaceInvoice | undefined> {
    return (await readAs(this.work, reader.placeId ?? OVERSEER, (sql) => listPlaceInvoices(sql, reader, ALL, placeInvoiceId)))[0];
  }
}

@QueryHandler(ListWaitingPayees)
export class ListWaitingPayeesHandler implements IQueryHandler<ListWaitingPayees> {
  constructor(private readonly work: SettlementWork) {}

  execute({ rowsMax }: ListWaitingPayees): Promise<readonly WaitingPayee[]> {
    return listWaitingPayees(this.work.client, rowsMax);
  }
}
