import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import { RedemptionWork } from '../redemption.work.js';
import { accredit } from './accredit.js';
import { AccreditPlace, type Accredited } from './accredit-place.command.js';

@CommandHandler(AccreditPlace)
export class AccreditPlaceHandler implements ICommandHandler<AccreditPlace> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: AccreditPlace) {
    return this.work.once<Accredited | Rejected>(meta, (tx) => accredit(tx, asked, null));
  }
}
