import { Command } from '@nestjs/cqrs';
import type { OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { DraftContent } from '../order-draft.store.js';

export type DraftedOrder = Readonly<{ orderId: OrderId; revision: number }>;

/** What somebody thinks of ordering: commits nobody. */
export class DraftOrder extends Command<DraftedOrder | Rejected> {
  constructor(readonly content: DraftContent, readonly meta: Meta) {
    super();
  }
}

/** The whole content anew, while no quote of it is open. */
export class ReviseDraft extends Command<DraftedOrder | Rejected> {
  constructor(readonly orderId: OrderId, readonly payerId: PayerId | null, readonly content: DraftContent, readonly meta: Meta) {
    super();
  }
}
