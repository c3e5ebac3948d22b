import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf } from '#libs/kernel';
import { SettlementWork } from '../settlement.work.js';
import { keepAccreditation, keepPlace, payeeOfPlace } from './payee.store.js';
import { TakeAccreditation } from './take-accreditation.command.js';

/** Who may be paid is decided here and not by redemption: the accreditation brings a place, never a bank account. */
@CommandHandler(TakeAccreditation)
export class TakeAccreditationHandler implements ICommandHandler<TakeAccreditation> {
  constructor(private readonly work: SettlementWork) {}

  execute({ fact, occurredAt, meta }: TakeAccreditation) {
    const { placeId, siteId, name, siret, address = null } = fact;
    return this.work.once(meta, async (tx) => {
      const place = idOf('place', placeId);
      await keepPlace(tx, { placeId: place, siteId, name, siret, address, asOf: occurredAt });
      await keepAccreditation(tx, fact);
      await payeeOfPlace(tx, place);
      return null;
    });
  }
}
