import { Query } from '@nestjs/cqrs';
import type { PublishedKey } from '../publish-checkpoint/notary.js';
import type { Checkpoint } from '../publish-checkpoint/signed-note.js';

/** With the proof that the log begins with that of the checkpoint before it; null at the first one. */
export type ListedCheckpoint = Checkpoint & Readonly<{ follows: Readonly<{ size: number; path: readonly string[] }> | null }>;

/** Newest first, below a size when one is given. */
export class ListCheckpoints extends Query<ListedCheckpoint[]> {
  constructor(readonly limit: number, readonly belowSize: number | null = null) {
    super();
  }
}

export class ShowKeys extends Query<Readonly<{ origin: string; keys: readonly PublishedKey[] }>> {}
