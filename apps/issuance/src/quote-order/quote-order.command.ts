import { Command } from '@nestjs/cqrs';
import type { LocalDate, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { QuoteLine } from './quote-lines.decision.js';

/** In its wire shape, because the answer is stored with the key. */
export type QuotedOrder = Readonly<{
  orderId: OrderId; version: number; validUntil: LocalDate; count: number; faceCents: number; amountCents: number; currency: 'EUR';
  lines: readonly QuoteLine[]; shares: readonly Readonly<{ payerId: PayerId; basisPoints: number; amountCents: number }>[];
}>;

/** The price of a draft is offered to its payers and stands until its last day, whatever becomes of the rules. */
export class QuoteOrder extends Command<QuotedOrder | Rejected> {
  constructor(readonly orderId: OrderId, readonly validDays: number, readonly meta: Meta) {
    super();
  }
}
