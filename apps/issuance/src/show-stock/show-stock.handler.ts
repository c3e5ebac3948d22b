import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { IssuanceWork } from '../issuance.work.js';
import { ListDeliveries, ListHandOvers, ListStock } from './show-stock.query.js';
import { listDeliveries, listHandOvers, listStock, type DeliveryView, type HandOverView, type StockView } from './stock-view.store.js';

@QueryHandler(ListStock)
export class ListStockHandler implements IQueryHandler<ListStock> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ wanted, after }: ListStock): Promise<readonly StockView[]> {
    return readAs(this.work, wanted.distributorId ?? OVERSEER, (sql) => listStock(sql, wanted, after));
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ wanted, before }: ListDeliveries): Promise<readonly DeliveryView[]> {
    return readAs(this.work, wanted.distributorId ?? OVERSEER, (sql) => listDeliveries(sql, wanted, before));
  }
}

@QueryHandler(ListHandOvers)
export class ListHandOversHandler implements IQueryHandler<ListHandOvers> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ wanted, before }: ListHandOvers): Promise<readonly HandOverView[]> {
    return readAs(this.work, wanted.distributorId ?? OVERSEER, (sql) => listHandOvers(sql, wanted, before));
  }
}
