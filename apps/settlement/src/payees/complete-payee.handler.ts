import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { SettlementWork } from '../settlement.work.js';
import { CompletePayee } from './complete-payee.command.js';
import { decidePayeeCompletion } from './complete-payee.decision.js';
import { completePayee, lockPayeeOfPlace, movePlace, payeeOfSiren } from './payee.store.js';

@CommandHandler(CompletePayee)
export class CompletePayeeHandler implements ICommandHandler<CompletePayee> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { placeId, legalName, siren }, meta }: CompletePayee) {
    return this.work.once(meta, async (tx) => {
      // Two places of one body completed at once: the second must see the first, and join it.
      await lockByName(tx, `siren ${siren}`);
      const own = await lockPayeeOfPlace(tx, placeId);
      const outcome = decidePayeeCompletion({ own, ofSiren: await payeeOfSiren(tx, siren) });
      if (isRejected(outcome)) return outcome;
      if (outcome.kind === 'completed') await completePayee(tx, outcome.payeeId, { legalName, siren });
      else await movePlace(tx, placeId, outcome.from, outcome.payeeId);
      return { payeeId: outcome.payeeId, joined: outcome.kind === 'joined' };
    });
  }
}
