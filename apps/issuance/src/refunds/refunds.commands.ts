import { Command, Query } from '@nestjs/cqrs';
import type { BodyOf, PaymentBookedV1 } from '#libs/contracts';
import type { Cents, ContradictoryStatementId, OrderId, PayerId, PaymentId, ProgrammeId, RefundId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type RefundScope = Readonly<
  /** The shares of a signed statement, of all its payers, or of one. */
  | { statementId: ContradictoryStatementId; payerId: PayerId | null }
  /** Cover of an ended programme that nobody will use any more. */
  | { programmeId: ProgrammeId; payerId: PayerId }>;
export const REFUND_WAYS = ['bank', 'stripe'] as const;
export type RefundWay = (typeof REFUND_WAYS)[number];
/** A share may go back by several ways: each is a refund of its own. */
export type RequestedRefund = Readonly<{ refundId: RefundId; payerId: PayerId; amountCents: number; way: RefundWay }>;
export type RequestedRefunds = Readonly<{ refunds: readonly RequestedRefund[] }>;

export class RequestRefunds extends Command<RequestedRefunds | Rejected> {
  constructor(readonly scope: RefundScope, readonly meta: Meta) {
    super();
  }
}

export type RefundMovement = Readonly<{
  paymentId: PaymentId; movement: 'booked' | 'returned'; refundIds: readonly RefundId[]; bookedOn: string; reasonCode: string | null;
}>;

/** What the bank did with a payment of refunds. Commutes: the state of a refund is read from its movements. */
export class NoteRefundMovement extends Command<void> {
  constructor(readonly movement: RefundMovement, readonly meta: Meta) {
    super();
  }
}
export type StripeRefundMovement = Readonly<{
  refundId: RefundId; movement: 'refunded' | 'failed'; movedOn: string; reasonCode: string | null; eventId: string;
}>;

/** What Stripe did with a refund to a card. Commutes. */
export class NoteStripeRefund extends Command<void> {
  constructor(readonly movement: StripeRefundMovement, readonly meta: Meta) {
    super();
  }
}
export type PaymentFact = BodyOf<typeof PaymentBookedV1>;

export const REFUND_STATES = ['requested', 'paid', 'returned'] as const;
export type RefundView = Readonly<{
  refundId: RefundId; payerId: PayerId; payerName: string; statementId: ContradictoryStatementId | null; programmeId: ProgrammeId | null;
  orderId: OrderId | null; amount: Cents; requestedAt: Date; way: RefundWay; state: (typeof REFUND_STATES)[number];
  paidOn: string | null; reasonCode: string | null;
}>;

/** Newest first; of one payer, or of all when it is null. */
export class ListRefunds extends Query<readonly RefundView[]> {
  constructor(readonly page: Readonly<{ payerId: PayerId | null; before: RefundId | null; rowsMax: number }>) {
    super();
  }
}
