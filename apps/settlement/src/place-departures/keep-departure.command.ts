import { Command } from '@nestjs/cqrs';
import type { BodyOf, PlaceDepartureEndedV1, PlaceDepartureStatedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** A place leaves a programme by itself: no charge of a day on which it is gone is owed for it. What it is due is paid as before. */
export class KeepDeparture extends Command<void> {
  constructor(readonly told: BodyOf<typeof PlaceDepartureStatedV1>, readonly meta: Meta) { super(); }
}

export class KeepDepartureEnd extends Command<void> {
  constructor(readonly told: BodyOf<typeof PlaceDepartureEndedV1>, readonly meta: Meta) { super(); }
}
