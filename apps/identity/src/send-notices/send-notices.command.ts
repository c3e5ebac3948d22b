import { Command } from '@nestjs/cqrs';
import type { BodyOf, VintageNoticeDueV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export type Notice = BodyOf<typeof VintageNoticeDueV1>;

/** Who of these parties is to be written to: remembered here, sent by the loop. */
export class MeanNotice extends Command<void> {
  constructor(readonly notice: Notice, readonly meta: Meta) {
    super();
  }
}
