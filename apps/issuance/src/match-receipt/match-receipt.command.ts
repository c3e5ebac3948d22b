import { Command } from '@nestjs/cqrs';
import type { BankCreditBookedV1, BodyOf } from '#libs/contracts';
import type { BankLineId, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

/** Settlement booked a credit for us: take it, and match what leaves no doubt. */
export class TakeCredit extends Command<void> {
  constructor(readonly credit: BodyOf<typeof BankCreditBookedV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}

export type MatchedByHand = Readonly<{
  bankLineId: BankLineId; orderId: OrderId; payerId: PayerId; amountCents: number; currency: 'EUR';
}>;
/** `payerId` is null where the order has one payer only. */
export type HandMatchRequest = Readonly<{ bankLineId: BankLineId; orderId: OrderId; payerId: PayerId | null }>;

/** A person says whose share of which order a credit pays. */
export class MatchByHand extends Command<MatchedByHand | Rejected> {
  constructor(readonly request: HandMatchRequest, readonly meta: Meta) {
    super();
  }
}
