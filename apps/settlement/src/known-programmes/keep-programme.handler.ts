import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { KeepProgramme } from './keep-programme.command.js';
import { keepProgramme } from './known-programme.store.js';

/** For its name: mails and invoices to places call a programme as its payers do. */
@CommandHandler(KeepProgramme)
export class KeepProgrammeHandler implements ICommandHandler<KeepProgramme> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, meta }: KeepProgramme): Promise<void> {
    await this.work.once(meta, (tx) => keepProgramme(tx, told));
  }
}
