import { Command } from '@nestjs/cqrs';
import type { Month } from '#libs/kernel';
import type { KeyReused, Meta } from '#libs/persistence';

/** Publishes the months that are over and settled, in order, as many as one transaction takes. */
export class ReleaseOpenData extends Command<readonly Month[] | KeyReused> {
  constructor(readonly meta: Meta) {
    super();
  }
}
