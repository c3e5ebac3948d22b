import { Command } from '@nestjs/cqrs';
import type { HoldId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { HoldOutcome } from './hold.decision.js';

export type ReviewedHold = Readonly<{
  holdId: HoldId;
  state: HoldOutcome;
  lines: number;
  grossCents: number;
  /** The number by which released lines count; null when they were rejected. */
  dueSeq: number | null;
}>;

export type Review = Readonly<{ holdId: HoldId; note: string }> & (
  | Readonly<{ outcome: 'released' }>
  | Readonly<{ outcome: 'rejected'; reason: 'fraud' }>);

export class ReviewHold extends Command<ReviewedHold | Rejected> {
  constructor(readonly review: Review, readonly meta: Meta) { super(); }
}
