import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { insertPlace, isSiretKnown } from '../place.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { RegisterPlace, type Registered } from './register-place.command.js';

@CommandHandler(RegisterPlace)
export class RegisterPlaceHandler implements ICommandHandler<RegisterPlace> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ place, meta }: RegisterPlace) {
    return this.work.once<Registered | Rejected>(meta, async (tx) => {
      // Files bring several places of one SIRET; by hand a second one is a mistake, and two hands at once must see each other.
      await lockByName(tx, `siret:${place.siret}`);
      if (await isSiretKnown(tx, place.siret)) return reject('siret_taken');
      const registered = { placeId: idOf('place', tx.newId()), siteId: idOf('site', tx.newId()) };
      await insertPlace(tx, { ...place, ...registered });
      return registered;
    });
  }
}
