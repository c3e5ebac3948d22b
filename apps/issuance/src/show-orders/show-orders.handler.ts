import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { filledPage } from '../filled-page.js';
import { IssuanceWork } from '../issuance.work.js';
import { payersOfOrder } from '../payer-names.store.js';
import { readHistory } from './order-history.store.js';
import { orderState } from './order-life.decision.js';
import { activationOf, fundingOf } from './order-state.decision.js';
import { listBatches, listOrders, type OrderView } from './order-view.store.js';
import { ListOrders, ShowOrder, type OrdersWanted, type OrderWithBatches } from './show-orders.query.js';

@QueryHandler(ListOrders)
export class ListOrdersHandler implements IQueryHandler<ListOrders> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ wanted }: ListOrders): Promise<readonly OrderView[]> {
    const [{ payerId, before, rowsMax, reference, from, to }, at] = [wanted, this.work.settings.clock.override()];
    const sought = { payerId, orderId: null, rowsMax, at, reference, from, to };
    return readAs(this.work, payerId ?? OVERSEER, (sql) => filledPage<OrderView>(rowsMax,
      (after) => listOrders(sql, { ...sought, before: after?.orderId ?? before }),
      (order) => isWanted(order, wanted)));
  }
}

const isWanted = (order: OrderView, { state, funding, activation }: OrdersWanted): boolean =>
  (!state || orderState(order) === state) && (!funding || fundingOf(order) === funding)
  && (!activation || activationOf(order) === activation);

@QueryHandler(ShowOrder)
export class ShowOrderHandler implements IQueryHandler<ShowOrder> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ orderId, payerId }: ShowOrder): Promise<OrderWithBatches | Rejected> {
    const at = this.work.settings.clock.override();
    const shown = await readAs(this.work, payerId ?? OVERSEER, async (sql) => {
      const [order] = await listOrders(sql, { payerId, before: null, orderId, rowsMax: 1, at, reference: null, from: null, to: null });
      return order && { ...order, batches: await listBatches(sql, orderId), history: await readHistory(sql, orderId, payerId) };
    });
    if (!shown) return reject('order_not_found');
    // Whoever sees the order is told who shares it; their rows are their own.
    return { ...shown, payers: await readAs(this.work, OVERSEER, (sql) => payersOfOrder(sql, orderId)) };
  }
}
