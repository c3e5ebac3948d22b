import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceAppealAnsweredV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { insertAppealAnswer, readAppeal, type Decision } from '../appeal.store.js';
import { reopenRefused } from '../application.store.js';
import { lockByName } from '../database.store.js';
import { endMeasures, readMeasure } from '../measure.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { AnswerAppeal, type GivenAnswer } from './answer-appeal.command.js';
import { decideAnswer } from './answer-appeal.decision.js';

@CommandHandler(AnswerAppeal)
export class AnswerAppealHandler implements ICommandHandler<AnswerAppeal> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ given, meta }: AnswerAppeal) {
    return this.work.once<GivenAnswer | Rejected>(meta, async (tx) => {
      const placeId = (await readAppeal(tx, given.appealId))?.placeId;
      // Read again under the lock of its place, which is known from the appeal alone.
      if (placeId) await lockByName(tx, `place:${placeId}`);
      const appeal = await readAppeal(tx, given.appealId);
      const refused = decideAnswer(appeal, tx.origin.actor.id);
      if (refused) return refused;
      const { appealId, outcome, reasons } = given;
      const { against } = appeal!;
      await insertAppealAnswer(tx, given);
      await tx.emit(PlaceAppealAnsweredV1, {
        subject: `appeal:${appealId}`,
        body: { appealId, placeId: appeal!.placeId, against: against.kind, decisionId: against.id, outcome },
      });
      if (outcome === 'upheld') await undo(tx, against, reasons);
      return given;
    });
  }
}

/** Whatever was refused for a measure may be claimed again, if the voucher still can be; a refused application is reviewed again. */
async function undo(tx: Tx, against: Decision, reasons: string): Promise<void> {
  if (against.kind === 'refusal') {
    await reopenRefused(tx, against.id, reasons);
    return;
  }
  await endMeasures(tx, [await readMeasure(tx, against.id)], { how: 'overturned', explanation: reasons, from: ({ from }) => from });
}
