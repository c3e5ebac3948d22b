import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceApplicationSubmittedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { decideContent, decideStart, decideSubmission, keptContent } from '../application.decision.js';
import {
  beginAnew, insertApplication, lockApplication, lockOpen, moveApplication, readStanding, writeContent, type OpenApplication,
} from '../application.store.js';
import { lockByName } from '../database.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { decideScore } from '../questionnaire.decision.js';
import { versionOn } from '../questionnaire.store.js';
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
      const questionnaireVersion = await versionOn(tx, asked.programmeId, today);
      const [open, standing] = [await lockOpen(tx, asked), await readStanding(tx, asked)];
      const refused = decideStart({ ...standing, questionnaireVersion, open, today });
      if (refused) return refused;
      if (open) return this.beginAnew(tx, open, questionnaireVersion!);
      const applicationId = idOf('application', tx.newId());
      await insertApplication(tx, { ...asked, applicationId, questionnaireVersion: questionnaireVersion! });
      return { applicationId, state: 'draft' };
    });
  }

  /** Its questions are those of the new version once it is read again. */
  private async beginAnew(tx: Tx, { id, placeId, ...content }: OpenApplication, questionnaireVersion: number): Promise<NotedApplication> {
    await beginAnew(tx, id, questionnaireVersion);
    const { questionnaire } = (await lockApplication(tx, id, placeId))!;
    await writeContent(tx, id, keptContent(questionnaire, content));
    return { applicationId: id, state: 'draft' };
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
      const counting = application && await versionOn(tx, application.programmeId, dayIn(OPERATOR_ZONE, tx.now));
      const decided = decideSubmission(application, application?.questionnaireVersion !== counting);
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
