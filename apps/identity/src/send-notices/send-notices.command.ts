import { Command } from '@nestjs/cqrs';
import type { Meta } from '#libs/persistence';
import type { Notice } from './notice.decision.js';

/** Who of these parties is to be written to: remembered here, sent by the loop. */
export class MeanNotice extends Command<void> {
  constructor(readonly notice: Notice, readonly meta: Meta) {
    super();
  }
}
