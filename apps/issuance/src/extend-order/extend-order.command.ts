import { Command } from '@nestjs/cqrs';
import type { OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { LaterDates } from './later-dates.decision.js';

export type ProposedExtension = LaterDates & Readonly<{ extensionId: string; orderId: OrderId }>;

/** Later dates for an order whose vouchers have not expired. */
export class ProposeExtension extends Command<ProposedExtension | Rejected> {
  constructor(readonly orderId: OrderId, readonly dates: LaterDates, readonly meta: Meta) {
    super();
  }
}

export type Agreement = Readonly<{ extensionId: string; agreements: number; agreementsNeeded: number; inForce: boolean }>;

export class AgreeToExtension extends Command<Agreement | Rejected> {
  constructor(readonly extensionId: string, readonly payerId: PayerId, readonly meta: Meta) {
    super();
  }
}
