import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { ListDeliveries, ListHandOvers, ListStock } from './show-stock.query.js';
import { listDeliveries, listHandOvers, listStock, type DeliveryView, type HandOverView, type StockView } from './stock-view.store.js';

@QueryHandler(ListStock)
export class ListStockHandler implements IQueryHandler<ListStock> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ wanted, after }: ListStock): Promise<readonly StockView[]> {
    return listStock(this.work.client, wanted, after);
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ wanted, before }: ListDeliveries): Promise<readonly DeliveryView[]> {
    return listDeliveries(this.work.client, wanted, before);
  }
}

@QueryHandler(ListHandOvers)
export class ListHandOversHandler implements IQueryHandler<ListHandOvers> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ wanted, before }: ListHandOvers): Promise<readonly HandOverView[]> {
    return listHandOvers(this.work.client, wanted, before);
  }
}
