import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import { listBatches, listOrders, type OrderView } from './order-view.store.js';
import { ListOrders, ShowOrder, type OrderWithBatches } from './show-orders.query.js';

@QueryHandler(ListOrders)
export class ListOrdersHandler implements IQueryHandler<ListOrders> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ payerId, before, rowsMax }: ListOrders): Promise<readonly OrderView[]> {
    return listOrders(this.work.client, { payerId, before, orderId: null, rowsMax, at: this.work.settings.clock.override() });
  }
}

@QueryHandler(ShowOrder)
export class ShowOrderHandler implements IQueryHandler<ShowOrder> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ orderId, payerId }: ShowOrder): Promise<OrderWithBatches | Rejected> {
    const [order] = await listOrders(this.work.client, {
      payerId, before: null, orderId, rowsMax: 1, at: this.work.settings.clock.override(),
    });
    return order ? { ...order, batches: await listBatches(this.work.client, orderId) } : reject('order_not_found');
  }
}
