import { Query } from '@nestjs/cqrs';
import type { Cents, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Happening } from './order-history.store.js';
import type { OrderState } from './order-life.decision.js';
import type { ActivationState, FundingState } from './order-state.decision.js';
import type { BatchView, OrderView } from './order-view.store.js';
import type { PayerName } from '../payer-names.store.js';

/** Of one payer, or of all when it is null; with this reference, of such an amount, in these states only, where one is given. */
export type OrdersWanted = Readonly<{
  payerId: PayerId | null; before: OrderId | null; rowsMax: number; reference: string | null; from: Cents | null; to: Cents | null;
  state?: OrderState | undefined; funding?: FundingState | undefined; activation?: ActivationState | undefined;
}>;

/** Newest first, from the one before `before` on. */
export class ListOrders extends Query<readonly OrderView[]> {
  constructor(readonly wanted: OrdersWanted) {
    super();
  }
}

export type OrderWithBatches = OrderView & Readonly<{ payers: readonly PayerName[]; batches: readonly BatchView[];
  history: readonly Happening[] }>;

/** An order of another payer is as unknown as one that does not exist. */
export class ShowOrder extends Query<OrderWithBatches | Rejected> {
  constructor(readonly orderId: OrderId, readonly payerId: PayerId | null) {
    super();
  }
}
