// What issuance tells about batches. Chunks and activations may come before their batch, and before each other.
import { Command } from '@nestjs/cqrs';
import type { BatchCreatedV1, BodyOf, RangeActivatedV1, VoucherChunkMintedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export class TakeBatch extends Command<void> {
  constructor(readonly batch: BodyOf<typeof BatchCreatedV1>, readonly meta: Meta) {
    super();
  }
}

/** The vouchers of a chunk, by the hashes of their codes. */
export class LoadChunk extends Command<void> {
  constructor(readonly chunk: BodyOf<typeof VoucherChunkMintedV1>, readonly meta: Meta) {
    super();
  }
}

/** Money covers a range of vouchers: from here on it is owed to whoever holds them. */
export class ActivateRange extends Command<void> {
  constructor(readonly range: BodyOf<typeof RangeActivatedV1>, readonly meta: Meta) {
    super();
  }
}
