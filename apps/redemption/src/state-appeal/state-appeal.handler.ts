import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceAppealStatedV1 } from '#libs/contracts';
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
      const [appealId, { answerDue }] = [idOf('appeal', tx.newId()), decided];
      await insertAppeal(tx, { ...asked, appealId, answerDue });
      await tx.emit(PlaceAppealStatedV1, {
        subject: `appeal:${appealId}`, body: { appealId, placeId, against: against.kind, decisionId: against.id, answerDue },
      });
      return { appealId, answerDue };
    });
  }
}
