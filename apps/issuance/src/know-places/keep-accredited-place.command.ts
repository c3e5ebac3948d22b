import { Command } from '@nestjs/cqrs';
import type { BodyOf, PlaceAccreditedV1, PlaceDepartureStatedV1, PlaceReinstatedV1, PlaceSuspendedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** Redemption accredited a place: from here on letters may name it. */
export class KeepAccreditedPlace extends Command<void> {
  constructor(readonly fact: BodyOf<typeof PlaceAccreditedV1>, readonly occurredAt: string, readonly meta: Meta) {
    super();
  }
}

/** Redemption suspended a place or withdrew its accreditation: no letter names it for that programme. */
export class KeepMeasure extends Command<void> {
  constructor(readonly fact: BodyOf<typeof PlaceSuspendedV1>, readonly meta: Meta) {
    super();
  }
}

export class KeepMeasureEnd extends Command<void> {
  constructor(readonly fact: BodyOf<typeof PlaceReinstatedV1>, readonly meta: Meta) {
    super();
  }
}

/** A place leaves a programme by itself: from its day on no letter names it for that programme. */
export class KeepDeparture extends Command<void> {
  constructor(readonly fact: BodyOf<typeof PlaceDepartureStatedV1>, readonly meta: Meta) {
    super();
  }
}

export class KeepDepartureEnd extends Command<void> {
  constructor(readonly departureId: string, readonly meta: Meta) {
    super();
  }
}
