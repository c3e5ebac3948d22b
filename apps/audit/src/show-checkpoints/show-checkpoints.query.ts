import { Query } from '@nestjs/cqrs';
import type { PublishedKey } from '../publish-checkpoint/notary.js';
import type { Checkpoint } from '../publish-checkpoint/signed-note.js';

/** Newest first, below a size when one is given. */
export class ListCheckpoints extends Query<Checkpoint[]> {
  constructor(readonly limit: number, readonly belowSize: number | null = null) {
    super();
  }
}

export class ShowKeys extends Query<Readonly<{ origin: string; keys: readonly PublishedKey[] }>> {}
