import { Query } from '@nestjs/cqrs';
import type { Id, Rejected } from '#libs/kernel';
import type { Checkpoint } from '../publish-checkpoint/signed-note.js';

export type Inclusion = Readonly<{
  index: number;
  size: number;
  /** The very text that the leaf is the hash of. */
  leaf: string;
  leafHash: string;
  path: readonly string[];
  root: string;
  /** The checkpoint of that size, when there is one. */
  checkpoint: Checkpoint | null;
}>;

/** That an event is in the log of a size: by default that of the newest checkpoint. */
export class ProveInclusion extends Query<Inclusion | Rejected> {
  constructor(readonly eventId: Id<'event'>, readonly size: number | null) {
    super();
  }
}

export type Consistency = Readonly<{ from: number; to: number; fromRoot: string; toRoot: string; path: readonly string[] }>;

/** That the log of a size is the beginning of a later one: by default of the newest checkpoint. */
export class ProveConsistency extends Query<Consistency | Rejected> {
  constructor(readonly from: number, readonly to: number | null) {
    super();
  }
}
