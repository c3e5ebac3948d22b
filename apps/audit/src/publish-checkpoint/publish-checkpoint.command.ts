import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, Meta } from '#libs/persistence';
import type { Checkpoint } from './signed-note.js';

/** `isNew` is false when nothing came since the last checkpoint, which then stands. */
export type Published = Checkpoint & Readonly<{ isNew: boolean }>;

/** Seals what is there and signs the end of the log. The timer asks only for one that is due. */
export class PublishCheckpoint extends Command<Published | null | Rejected | KeyReused> {
  constructor(readonly meta: Meta, readonly when: 'now' | 'when due' = 'now') {
    super();
  }
}
