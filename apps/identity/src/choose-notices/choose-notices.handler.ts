import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import { readAs } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { ChooseNotices, ShowNoticeChoice, type NoticeChoice } from './choose-notices.command.js';
import { readChoice, writeChoice } from './notice-choice.store.js';

@CommandHandler(ChooseNotices)
export class ChooseNoticesHandler implements ICommandHandler<ChooseNotices> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId, choice, meta }: ChooseNotices) {
    return this.work.once<NoticeChoice | Rejected>(meta, async (tx) => {
      await writeChoice(tx, userId, choice);
      return choice;
    });
  }
}

@QueryHandler(ShowNoticeChoice)
export class ShowNoticeChoiceHandler implements IQueryHandler<ShowNoticeChoice> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId }: ShowNoticeChoice): Promise<NoticeChoice> {
    return readAs(this.work, userId, (sql) => readChoice(sql, userId));
  }
}
