import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { insertAppeal, readContestable } from '../appeal.store.js';
import { lockByName } from '../database.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { StateAppeal, type StatedAppeal } from './state-appeal.command.js';
import { decideAppeal } from './state-appeal.decision.js';

@CommandHandler(StateAppeal)
export class StateAppealHandler implements ICommandHandler<StateAppeal> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: StateAppeal) {
    return this.work.once<StatedAppeal | Rejected>(meta, async (tx) => {
      const { placeId, against } = asked;
      await lockByName(tx, `place:${placeId}`);
      const decided = decideAppeal(await readContestable(tx, against), { placeId, at: tx.now });
      if (isRejected(decided)) return decided;
      const appealId = idOf('appeal', tx.newId());
      await insertAppeal(tx, { ...asked, appealId, answerDue: decided.answerDue });
      return { appealId, answerDue: decided.answerDue };
    });
  }
}
