import { Command } from '@nestjs/cqrs';
import type { BodyOf, ReceiptMatchedV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export class TakeMatch extends Command<null | Rejected> {
  constructor(readonly fact: BodyOf<typeof ReceiptMatchedV1>, readonly eventId: string, readonly meta: Meta) { super(); }
}
