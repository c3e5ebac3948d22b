import { Command } from '@nestjs/cqrs';
import type { BodyOf, PlaceReinstatedV1, PlaceSuspendedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export type Told = BodyOf<typeof PlaceSuspendedV1> & Readonly<{ kind: 'suspension' | 'withdrawal' }>;

/** From its day on, closings hold what the place is owed, and runs leave out what they would pay it. */
export class KeepMeasure extends Command<void> {
  constructor(readonly told: Told, readonly meta: Meta) { super(); }
}

/** What was held or taken under the measure still waits for a person; nothing more of the place is held for it. */
export class KeepMeasureEnd extends Command<void> {
  constructor(readonly told: BodyOf<typeof PlaceReinstatedV1>, readonly meta: Meta) { super(); }
}
