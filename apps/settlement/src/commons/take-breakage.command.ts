import { Command } from '@nestjs/cqrs';
import type { BodyOf, ContradictoryStatementSignedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** What both sides signed for an order; its expired value is the commons' when they agreed so. */
export class TakeBreakage extends Command<void> {
  constructor(readonly statement: BodyOf<typeof ContradictoryStatementSignedV1>, readonly meta: Meta) { super(); }
}
