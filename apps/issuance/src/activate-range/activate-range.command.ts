import { Command } from '@nestjs/cqrs';
import type { ActivationId, BatchId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRange } from '../voucher-range.decision.js';

export type ActivatedRange = Readonly<{
  activationId: ActivationId; batchId: BatchId; first: number; last: number; amountCents: number; currency: 'EUR';
}>;

export class ActivateRange extends Command<ActivatedRange | Rejected> {
  constructor(readonly batchId: BatchId, readonly asked: AskedRange, readonly meta: Meta) {
    super();
  }
}
