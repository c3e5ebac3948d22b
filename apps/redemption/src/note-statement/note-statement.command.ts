import { Command } from '@nestjs/cqrs';
import type { BodyOf, ContradictoryStatementSignedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** What both sides signed for an order: nothing of its batches changes any more. */
export class NoteStatement extends Command<void> {
  constructor(readonly statement: BodyOf<typeof ContradictoryStatementSignedV1>, readonly signedAt: string, readonly meta: Meta) {
    super();
  }
}
