import { Command } from '@nestjs/cqrs';
import type { BatchExtendedV1, BodyOf } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export type Extension = BodyOf<typeof BatchExtendedV1>;

/** Later dates for a batch, and what had expired of it comes back. */
export class ExtendBatch extends Command<void> {
  constructor(readonly extension: Extension, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}
