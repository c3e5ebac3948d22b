import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceAccreditedV1 } from '#libs/contracts';
import { reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { insertAccreditation, isProgrammeKnown, lockPlace, readWhereabouts } from '../place.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { AccreditPlace, type Accredited } from './accredit-place.command.js';

@CommandHandler(AccreditPlace)
export class AccreditPlaceHandler implements ICommandHandler<AccreditPlace> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: AccreditPlace) {
    return this.work.once<Accredited | Rejected>(meta, async (tx) => {
      // Two accreditations at once would both call themselves the next version.
      await lockByName(tx, `place:${asked.placeId}`);
      const place = await lockPlace(tx, asked.placeId);
      if (!place) return reject('place_not_found');
      const { siret } = place;
      if (siret === null) return reject('place_without_siret');
      if (!(await isProgrammeKnown(tx, asked.programmeId))) return reject('programme_not_found');

      const version = await insertAccreditation(tx, asked);
      await tx.emit(PlaceAccreditedV1, {
        subject: `place:${asked.placeId}`, subjectVersion: version,
        body: { ...place, siret, ...asked, accreditationVersion: version, ...await readWhereabouts(tx, asked.placeId) },
      });
      return { ...asked, version };
    });
  }
}
