import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceDepartureStatedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { departuresOf, endDeparture, insertDepartures, readLeavingPlace } from '../departure.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { LeaveProgramme, TakeDepartureBack, type StatedDepartures, type TakenBack } from './leave-programme.command.js';
import { decideDeparture, decideTakingBack } from './leave-programme.decision.js';

@CommandHandler(LeaveProgramme)
export class LeaveProgrammeHandler implements ICommandHandler<LeaveProgramme> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: LeaveProgramme) {
    return this.work.once<StatedDepartures | Rejected>(meta, async (tx) => {
      const { placeId, from, reason } = asked;
      // Accreditations, measures and departures of one place come one after the other.
      await lockByName(tx, `place:${placeId}`);
      const place = await readLeavingPlace(tx, placeId);
      const statedOn = place && dayIn(place.timeZone, tx.now);
      const open = (await departuresOf(tx, placeId)).filter(({ isEnded }) => !isEnded);
      const decided = decideDeparture(place && { today: statedOn!, programmes: place.programmes, open }, asked);
      if (isRejected(decided)) return decided;

      const departures = decided.programmeIds.map((programmeId) => ({ departureId: idOf('departure', tx.newId()), programmeId }));
      await insertDepartures(tx, departures.map((departure) => ({ ...departure, placeId, from, reason })));
      await tx.emitAll(PlaceDepartureStatedV1, departures.map((departure) => ({
        subject: `departure:${departure.departureId}`, body: { ...departure, placeId, from, statedOn: statedOn! },
      })));
      return { placeId, from, departures };
    });
  }
}

@CommandHandler(TakeDepartureBack)
export class TakeDepartureBackHandler implements ICommandHandler<TakeDepartureBack> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ own: { departureId, placeId }, meta }: TakeDepartureBack) {
    return this.work.once<TakenBack | Rejected>(meta, async (tx) => {
      await lockByName(tx, `place:${placeId}`);
      const departure = (await departuresOf(tx, placeId)).find((one) => one.departureId === departureId);
      const place = departure && await readLeavingPlace(tx, placeId);
      // Without a departure there is no day to compare with.
      const refused = decideTakingBack(departure, dayIn(place?.timeZone ?? OPERATOR_ZONE, tx.now));
      if (refused) return refused;
      await endDeparture(tx, departure!, { how: 'taken_back', from: departure!.from });
      return { departureId, programmeId: departure!.programmeId };
    });
  }
}
