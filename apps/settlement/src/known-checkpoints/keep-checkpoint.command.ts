import { Command } from '@nestjs/cqrs';
import type { BodyOf, CheckpointPublishedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export class KeepCheckpoint extends Command<null> {
  constructor(readonly checkpoint: BodyOf<typeof CheckpointPublishedV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}
