import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { KeepProgramme } from './keep-programme.command.js';
import { keepProgramme } from './known-programme.store.js';

/** For its name, by which mails, invoices and attestations call it, and for the days on which it ends. */
@CommandHandler(KeepProgramme)
export class KeepProgrammeHandler implements ICommandHandler<KeepProgramme> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ programme, meta }: KeepProgramme): Promise<null> {
    await this.work.once(meta, (tx) => keepProgramme(tx, programme));
    return null;
  }
}
