import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Language } from '../send-notices/notice.decision.js';

export type NoticeChoice = Readonly<{ language: Language; optional: boolean }>;

/** A person's own choice, in force for the next notice. */
export class ChooseNotices extends Command<NoticeChoice | Rejected> {
  constructor(readonly userId: string, readonly choice: NoticeChoice, readonly meta: Meta) {
    super();
  }
}

export class ShowNoticeChoice extends Query<NoticeChoice> {
  constructor(readonly userId: string) {
    super();
  }
}
