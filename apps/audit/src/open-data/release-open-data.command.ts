import { Command } from '@nestjs/cqrs';
import type { Month } from '#libs/kernel';
import type { ProcessMeta } from '#libs/persistence';

/** Publishes the months that are over and settled, in order, as many as one pass takes. */
export class ReleaseOpenData extends Command<readonly Month[]> {
  constructor(readonly meta: ProcessMeta) {
    super();
  }
}
