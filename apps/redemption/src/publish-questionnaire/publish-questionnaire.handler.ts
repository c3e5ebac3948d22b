import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { insertQuestionnaire, isProgrammeKnown, listQuestionnaires, type StoredQuestionnaire } from '../questionnaire.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { ListQuestionnaires, PublishQuestionnaire } from './publish-questionnaire.command.js';

@CommandHandler(PublishQuestionnaire)
export class PublishQuestionnaireHandler implements ICommandHandler<PublishQuestionnaire> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: PublishQuestionnaire) {
    return this.work.once<StoredQuestionnaire | Rejected>(meta, async (tx) => {
      await lockByName(tx, `questionnaire:${asked.programmeId}`);
      if (!await isProgrammeKnown(tx, asked.programmeId)) return reject('programme_not_found');
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const from = asked.from ?? today;
      if (from < today) return reject('questionnaire_day_past', { today });
      return { ...asked, from, version: await insertQuestionnaire(tx, { ...asked, from }) };
    });
  }
}

@QueryHandler(ListQuestionnaires)
export class ListQuestionnairesHandler implements IQueryHandler<ListQuestionnaires> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ programmeId }: ListQuestionnaires): Promise<readonly StoredQuestionnaire[]> {
    return listQuestionnaires(this.work.client, programmeId);
  }
}
