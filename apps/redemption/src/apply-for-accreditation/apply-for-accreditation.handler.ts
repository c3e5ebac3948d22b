import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceApplicationSubmittedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, type Rejected } from '#libs/kernel';
import { decideContent, decideStart, decideSubmission } from '../application.decision.js';
import { insertApplication, lockApplication, moveApplication, readStanding, writeContent } from '../application.store.js';
import { lockByName } from '../database.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { decideScore } from '../questionnaire.decision.js';
import { RedemptionWork } from '../redemption.work.js';
import {
  StartApplication, SubmitApplication, WriteApplication, type NotedApplication, type ScoredApplication,
} from './apply-for-accreditation.command.js';

@CommandHandler(StartApplication)
export class StartApplicationHandler implements ICommandHandler<StartApplication> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: StartApplication) {
    return this.work.once<NotedApplication | Rejected>(meta, async (tx) => {
      await lockByName(tx, `place:${asked.placeId}`);
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const { questionnaireVersion, ...standing } = await readStanding(tx, { ...asked, today });
      const refused = decideStart({ ...standing, questionnaire: questionnaireVersion !== null, today });
      if (refused) return refused;
      const applicationId = idOf('application', tx.newId());
      await insertApplication(tx, { ...asked, applicationId, questionnaireVersion: questionnaireVersion! });
      return { applicationId, state: 'draft' };
    });
  }
}

@CommandHandler(WriteApplication)
export class WriteApplicationHandler implements ICommandHandler<WriteApplication> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ own: { applicationId, placeId }, content, meta }: WriteApplication) {
    return this.work.once<ScoredApplication | Rejected>(meta, async (tx) => {
      const application = await lockApplication(tx, applicationId, placeId);
      const refused = decideContent(application, content);
      if (refused) return refused;
      const { state, questionnaire } = application!;
      await writeContent(tx, applicationId, content);
      return { applicationId, state, score: decideScore(questionnaire, content.answers) };
    });
  }
}

@CommandHandler(SubmitApplication)
export class SubmitApplicationHandler implements ICommandHandler<SubmitApplication> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ own: { applicationId, placeId }, meta }: SubmitApplication) {
    return this.work.once<ScoredApplication | Rejected>(meta, async (tx) => {
      const application = await lockApplication(tx, applicationId, placeId);
      const decided = decideSubmission(application);
      if (isRejected(decided)) return decided;
      const { answers, documents, programmeId, questionnaireVersion } = application!;
      const { points } = decided.score;
      await moveApplication(tx, applicationId, { step: 'submitted', submitted: { answers, documents, points } });
      await tx.emit(PlaceApplicationSubmittedV1, {
        subject: `application:${applicationId}`, body: { applicationId, placeId, programmeId, questionnaireVersion, points },
      });
      return { applicationId, state: 'submitted', score: decided.score };
    });
  }
}
