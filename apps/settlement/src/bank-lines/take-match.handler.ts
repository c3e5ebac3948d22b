import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { insertMatch } from './bank-line-match.store.js';
import { TakeMatch } from './take-match.command.js';

/** What issuance said of a line of ours; nothing is posted here, the money moved with row 2. */
@CommandHandler(TakeMatch)
export class TakeMatchHandler implements ICommandHandler<TakeMatch> {
  constructor(private readonly work: SettlementWork) {}

  execute({ fact, eventId, meta }: TakeMatch) {
    return this.work.once(meta, async (tx) => {
      await insertMatch(tx, eventId, fact);
      return null;
    });
  }
}
