import { Command, Query } from '@nestjs/cqrs';
import type { CardPaymentId, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { PaymentMethod } from '#libs/stripe';
import type { CardPaymentFilter, ShownCardPayment } from '../card-payment.store.js';

/** `caller` is null for the operator; `payerId` is null where the order has one payer only. */
export type CardRequest = Readonly<{ orderId: OrderId; payerId: PayerId | null; caller: PayerId | null; method: PaymentMethod }>;

/** In its wire shape, because the answer is stored with the key. The reference is what the payer reads on the page. */
export type AskedByCard = Readonly<{
  cardPaymentId: CardPaymentId; orderId: OrderId; reference: string; amountCents: number;
  /** Absent in answers of before: a card then. */
  method?: PaymentMethod; payerId?: PayerId;
}>;
export type OpenedCardPayment = Readonly<{ cardPaymentId: CardPaymentId; sessionId: string; url: string; amountCents: number; currency: 'EUR' }>;

/** Send a payer to a page of Stripe where it pays, by card, transfer or debit, what its share still owes. */
export class OpenCardPayment extends Command<OpenedCardPayment | Rejected> {
  constructor(readonly request: CardRequest, readonly meta: Meta) {
    super();
  }
}

export class ListCardPayments extends Query<readonly ShownCardPayment[]> {
  constructor(readonly filter: CardPaymentFilter) {
    super();
  }
}
