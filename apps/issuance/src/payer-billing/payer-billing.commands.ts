import { Command, Query } from '@nestjs/cqrs';
import type { OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { PayerBilling, ShareReference } from './billable-payer.decision.js';

export type Versioned = Readonly<{ version: number }>;

export class GivePayerBilling extends Command<Versioned | Rejected> {
  constructor(readonly payerId: PayerId, readonly billing: PayerBilling, readonly meta: Meta) { super(); }
}

export type ReferenceRequest = Readonly<{
  orderId: OrderId;
  /** Null where the order has one payer only. */
  payerId: PayerId | null;
  /** Null for the operator. */
  caller: PayerId | null;
  given: ShareReference;
}>;

export class GiveShareReference extends Command<Versioned | Rejected> {
  constructor(readonly request: ReferenceRequest, readonly meta: Meta) { super(); }
}

export class ShowPayerBilling extends Query<(PayerBilling & Versioned) | Rejected> {
  constructor(readonly payerId: PayerId) { super(); }
}
