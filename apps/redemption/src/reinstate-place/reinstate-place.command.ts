import { Command } from '@nestjs/cqrs';
import type { MeasureId, PlaceId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

/** `programmeId` null: every programme for which it is suspended. */
export type AskedReinstatement = Readonly<{ placeId: PlaceId; programmeId: ProgrammeId | null; explanation: string }>;
export type Reinstated = Readonly<{ placeId: PlaceId; measureIds: readonly MeasureId[] }>;

/** Ends suspensions from today on. What was refused meanwhile stays refused; what was held waits for its review. */
export class ReinstatePlace extends Command<Reinstated | Rejected> {
  constructor(readonly asked: AskedReinstatement, readonly meta: Meta) {
    super();
  }
}
