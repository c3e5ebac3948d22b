import { Command } from '@nestjs/cqrs';
import type { BodyOf, PlaceAccreditedV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export class TakeAccreditation extends Command<null | Rejected> {
  constructor(readonly fact: BodyOf<typeof PlaceAccreditedV1>, readonly occurredAt: string, readonly meta: Meta) { super(); }
}
