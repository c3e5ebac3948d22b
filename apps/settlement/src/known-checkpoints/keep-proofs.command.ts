import { Command } from '@nestjs/cqrs';
import type { BodyOf, StatementsProvedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export class KeepProofs extends Command<null> {
  constructor(readonly proved: BodyOf<typeof StatementsProvedV1>, readonly meta: Meta) {
    super();
  }
}
