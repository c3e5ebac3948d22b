import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceSuspendedV1, PlaceWithdrawnV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { insertMeasures, openMeasuresOf, readMeasuredPlace } from '../measure.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { TakeMeasure, type TakenMeasures } from './take-measure.command.js';
import { decideMeasure } from './take-measure.decision.js';

@CommandHandler(TakeMeasure)
export class TakeMeasureHandler implements ICommandHandler<TakeMeasure> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: TakeMeasure) {
    return this.work.once<TakenMeasures | Rejected>(meta, async (tx) => {
      const { kind, placeId, reason, explanation } = asked;
      // Accreditations, measures and their ends of one place come one after the other.
      await lockByName(tx, `place:${placeId}`);
      const place = await readMeasuredPlace(tx, placeId);
      const decided = decideMeasure(place && {
        today: dayIn(place.timeZone, tx.now), programmeIds: place.programmeIds, open: await openMeasuresOf(tx, placeId),
      }, asked);
      if (isRejected(decided)) return decided;

      const { from } = decided;
      const measures = decided.programmeIds.map((programmeId) => ({ measureId: idOf('measure', tx.newId()), programmeId }));
      const wholePlace = asked.programmeId === null;
      await insertMeasures(tx, measures.map((measure) => ({ ...measure, placeId, kind, from, reason, explanation, wholePlace })));
      await tx.emitAll(kind === 'suspension' ? PlaceSuspendedV1 : PlaceWithdrawnV1, measures.map((measure) => ({
        subject: `measure:${measure.measureId}`, body: { ...measure, placeId, reason, from },
      })));
      return { placeId, from, measures };
    });
  }
}
