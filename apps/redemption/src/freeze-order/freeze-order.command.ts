// A payment of an order was taken back, and how that ended. Both commute: each is a fact of its own.
import { Command } from '@nestjs/cqrs';
import type { BodyOf, PaymentDisputeClosedV1, PaymentDisputedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** From here on no till takes what is left on the vouchers of the order. What was redeemed before stays a debt to places. */
export class FreezeOrder extends Command<void> {
  constructor(readonly dispute: BodyOf<typeof PaymentDisputedV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}

export class EndFreeze extends Command<void> {
  constructor(readonly end: BodyOf<typeof PaymentDisputeClosedV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}
