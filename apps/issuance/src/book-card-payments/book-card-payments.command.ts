import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { StripeHint } from './stripe-hint.js';

/** Stripe told something: keep it, look later. */
export class NoteStripeEvent extends Command<void | Rejected> {
  constructor(readonly event: StripeHint) {
    super();
  }
}

export type CheckedCardPayments = Readonly<{ checked: number; booked: number }>;

/** Look at Stripe for all that nothing was heard of: what a lost webhook would have told. */
export class CheckCardPayments extends Command<CheckedCardPayments | Rejected> {
  constructor(readonly meta: Meta) {
    super();
  }
}
