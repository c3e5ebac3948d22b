import { Command, Query } from '@nestjs/cqrs';
import type { Cents, OrderId, PayerId, Rejected, RefundId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Cancellation, CancellationStage } from './cancel-order.decision.js';

/** In its wire shape, because the answer is stored with the key. */
export type CancelledOrder = Readonly<{
  orderId: OrderId; stage: CancellationStage; indemnityCents: number; productionCents: number; backAtEndCents: number; staysCents: number;
  currency: 'EUR'; shares: readonly Readonly<{ payerId: PayerId; costCents: number; backCents: number }>[];
  refunds: readonly Readonly<{ refundId: RefundId; payerId: PayerId; amountCents: number }>[];
}>;
export type AskedCancellation = Readonly<{
  orderId: OrderId;
  /** Who asks; null for the operator. */
  payerId: PayerId | null;
  /** What making the vouchers cost, as the operator states it. */
  production: Cents;
  reason: string;
}>;

/** A draft, or an order: nothing more is made, activated or paid of it, and money that nothing has used goes back. */
export class CancelOrder extends Command<CancelledOrder | Rejected> {
  constructor(readonly asked: AskedCancellation, readonly meta: Meta) {
    super();
  }
}

/** What cancelling it now would cost and bring back. */
export class PreviewCancellation extends Query<Cancellation | Rejected> {
  constructor(readonly asked: Omit<AskedCancellation, 'reason'>) {
    super();
  }
}
