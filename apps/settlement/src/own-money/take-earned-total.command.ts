import { Command } from '@nestjs/cqrs';
import type { BodyOf, ControlTotalsPublishedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** Issuance told what its ledger stands at. */
export class TakeEarnedTotal extends Command<void> {
  constructor(readonly totals: BodyOf<typeof ControlTotalsPublishedV1>, readonly eventId: string, readonly meta: Meta) { super(); }
}
