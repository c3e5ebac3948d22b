// What redemption tells about the end of our vouchers. All of it commutes: each is a fact of its own.
import { Command } from '@nestjs/cqrs';
import type { BatchExpiryDueV1, BodyOf, ExpiryRunFinishedV1, VoucherExpiredChunkV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export class TakeExpiredChunk extends Command<void> {
  constructor(readonly chunk: BodyOf<typeof VoucherExpiredChunkV1>, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}

export type DueStep = BodyOf<typeof BatchExpiryDueV1>;

/** A step towards the end of a batch: its figures are kept, and who has to know is told. */
export class NoteExpiryStep extends Command<void> {
  constructor(readonly due: DueStep, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}

export class NoteExpiryFinished extends Command<void> {
  constructor(readonly run: BodyOf<typeof ExpiryRunFinishedV1>, readonly meta: Meta) {
    super();
  }
}
