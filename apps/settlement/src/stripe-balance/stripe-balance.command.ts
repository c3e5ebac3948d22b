import { Command, Query } from '@nestjs/cqrs';
import type { BankAccountId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { NewStripeEvent } from './stripe-event.store.js';
import type { BalanceSums, UnexplainedMovement } from './stripe-movement.store.js';

/** Stripe told something: keep it, read the balance later. */
export class NoteStripeEvent extends Command<void | Rejected> {
  constructor(readonly event: NewStripeEvent) { super(); }
}

export type ReadBalance = Readonly<{ movements: number; feesCents: number; payouts: number; arrived: number }>;

/** Read what moved at Stripe since the last time, and post it. */
export class ReadStripeBalance extends Command<ReadBalance | Rejected> {
  constructor(readonly meta: Meta) { super(); }
}

export type ShownBalance = BalanceSums & Readonly<{ bankAccountId: BankAccountId; unexplained: readonly UnexplainedMovement[] }>;

export class ShowStripeBalance extends Query<ShownBalance | Rejected> {}
