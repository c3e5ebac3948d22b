import { Command } from '@nestjs/cqrs';
import type { ActivationId, BatchId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Range } from './activate-range.decision.js';

export type ActivatedRange = Readonly<{
  activationId: ActivationId; batchId: BatchId; first: number; last: number; amountCents: number; currency: 'EUR';
}>;

export class ActivateRange extends Command<ActivatedRange | Rejected> {
  constructor(readonly batchId: BatchId, readonly asked: Partial<Range>, readonly meta: Meta) {
    super();
  }
}
