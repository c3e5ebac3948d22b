import { Command, Query } from '@nestjs/cqrs';
import type { BatchFrozenV1, BodyOf, PaymentDisputeClosedV1, PaymentDisputedV1 } from '#libs/contracts';
import type { CardPaymentId, Cents, OrderId, PayerId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

/** Stripe took a payment back: the payer owes it. */
export class TakeDispute extends Command<void> {
  constructor(readonly dispute: BodyOf<typeof PaymentDisputedV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}

/** Won or lost. Commutes with the dispute itself. */
export class TakeDisputeEnd extends Command<void> {
  constructor(readonly end: BodyOf<typeof PaymentDisputeClosedV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}

export class NoteFrozenBatch extends Command<void> {
  constructor(readonly frozen: BodyOf<typeof BatchFrozenV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}

export type DisputeFilter = Readonly<{ payerId: PayerId | null; orderId: OrderId | null; before: string | null; rowsMax: number }>;

export type ShownDispute = Readonly<{
  disputeId: string; cardPaymentId: CardPaymentId; orderId: OrderId; payerId: PayerId; amount: Cents; takenBack: Cents; wonBack: Cents;
  frozen: Cents; outcome: 'won' | 'lost' | null; takenAt: Date; endedAt: Date | null;
  /** By the receivable of the payer, of which other claims may be a part. */
  payerOwes: Cents;
}>;

export class ListDisputes extends Query<readonly ShownDispute[]> {
  constructor(readonly filter: DisputeFilter) {
    super();
  }
}
