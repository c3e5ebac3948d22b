import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, reject, type Rejected } from '#libs/kernel';
import { insertPlace } from '../place.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { RegisterPlace, type Registered } from './register-place.command.js';

@CommandHandler(RegisterPlace)
export class RegisterPlaceHandler implements ICommandHandler<RegisterPlace> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ place, meta }: RegisterPlace) {
    return this.work.once<Registered | Rejected>(meta, async (tx) => {
      const registered = { placeId: idOf('place', tx.newId()), siteId: idOf('site', tx.newId()) };
      return (await insertPlace(tx, { ...place, ...registered })) ? registered : reject('siret_taken');
    });
  }
}
