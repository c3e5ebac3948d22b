import { Command } from '@nestjs/cqrs';
import type { BodyOf, PlaceAccreditedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** Redemption accredited a place: from here on letters may name it. */
export class KeepAccreditedPlace extends Command<void> {
  constructor(readonly fact: BodyOf<typeof PlaceAccreditedV1>, readonly occurredAt: string, readonly meta: Meta) {
    super();
  }
}
