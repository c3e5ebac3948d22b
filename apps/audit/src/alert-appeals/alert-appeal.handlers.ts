import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AlertAppealAnsweredV1, AlertAppealStatedV1 } from '#libs/contracts';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { AnswerAlertAppeal, StateAlertAppeal, type GivenAnswer, type StatedAppeal } from './alert-appeal.commands.js';
import { decideAlertAnswer, decideAlertAppeal } from './alert-appeal.decision.js';
import { insertAnswer, insertAppeal, lockAppeal, lockContested } from './alert-appeal.store.js';

@CommandHandler(StateAlertAppeal)
export class StateAlertAppealHandler implements ICommandHandler<StateAlertAppeal> {
  constructor(private readonly work: AuditWork) {}

  execute({ asked, meta }: StateAlertAppeal) {
    return this.work.once<StatedAppeal | Rejected>(meta, async (tx) => {
      const { alertId, placeId } = asked;
      const decided = decideAlertAppeal(await lockContested(tx, alertId), { placeId, at: tx.now });
      if (isRejected(decided)) return decided;
      const [appealId, { answerDue }] = [idOf('alertAppeal', tx.newId()), decided];
      await insertAppeal(tx, { ...asked, appealId, answerDue });
      await tx.emit(AlertAppealStatedV1, { subject: `alert:${alertId}`, subjectVersion: 2, body: { appealId, alertId, placeId, answerDue } });
      return { appealId, answerDue };
    });
  }
}

@CommandHandler(AnswerAlertAppeal)
export class AnswerAlertAppealHandler implements ICommandHandler<AnswerAlertAppeal> {
  constructor(private readonly work: AuditWork) {}

  execute({ given, meta }: AnswerAlertAppeal) {
    return this.work.once<GivenAnswer | Rejected>(meta, async (tx) => {
      const { appealId, outcome } = given;
      const appeal = await lockAppeal(tx, appealId);
      const refused = decideAlertAnswer(appeal, tx.origin.actor.id);
      if (refused) return refused;
      await insertAnswer(tx, given);
      const { alertId, placeId } = appeal!;
      await tx.emit(AlertAppealAnsweredV1, { subject: `alert:${alertId}`, subjectVersion: 3, body: { appealId, alertId, placeId, outcome } });
      return given;
    });
  }
}
