import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { PlaceTotal } from './totals.store.js';

export type Closed = Readonly<{ upToSeq: number; placeCount: number; count: number; amountCents: number }>;

/** Says to settlement what was redeemed up to the last message that has a number. */
export class ClosePeriod extends Command<Closed | Rejected> {
  constructor(readonly meta: Meta) {
    super();
  }
}

export type Totals = Readonly<{ upToSeq: number; places: readonly PlaceTotal[] }>;

/** The same, said to whoever asks. */
export class ShowTotals extends Query<Totals> {}
