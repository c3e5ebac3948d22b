import { Query } from '@nestjs/cqrs';
import type { OrderId, PayerId, Rejected } from '#libs/kernel';
import type { BatchView, OrderView } from './order-view.store.js';

/** Newest first, from the one before `before` on; of one payer, or of all when it is null. */
export class ListOrders extends Query<readonly OrderView[]> {
  constructor(readonly payerId: PayerId | null, readonly before: OrderId | null, readonly rowsMax: number) {
    super();
  }
}

export type OrderWithBatches = OrderView & Readonly<{ batches: readonly BatchView[] }>;

/** An order of another payer is as unknown as one that does not exist. */
export class ShowOrder extends Query<OrderWithBatches | Rejected> {
  constructor(readonly orderId: OrderId, readonly payerId: PayerId | null) {
    super();
  }
}
