import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { endMeasures, openMeasuresOf, readMeasuredPlace } from '../measure.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { ReinstatePlace, type Reinstated } from './reinstate-place.command.js';

@CommandHandler(ReinstatePlace)
export class ReinstatePlaceHandler implements ICommandHandler<ReinstatePlace> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked: { placeId, programmeId, explanation }, meta }: ReinstatePlace) {
    return this.work.once<Reinstated | Rejected>(meta, async (tx) => {
      await lockByName(tx, `place:${placeId}`);
      const place = await readMeasuredPlace(tx, placeId);
      if (!place) return reject('place_not_found');
      const suspensions = (await openMeasuresOf(tx, placeId))
        .filter((one) => one.kind === 'suspension' && (programmeId === null || one.programmeId === programmeId));
      if (suspensions.length === 0) return reject('place_not_suspended');

      const today = dayIn(place.timeZone, tx.now);
      // One that was announced for a later day ends before it began.
      await endMeasures(tx, suspensions, { how: 'reinstated', explanation, from: ({ from }) => (from > today ? from : today) });
      return { placeId, measureIds: suspensions.map(({ measureId }) => measureId) };
    });
  }
}
