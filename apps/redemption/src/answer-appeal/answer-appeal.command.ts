import { Command } from '@nestjs/cqrs';
import type { AppealId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AppealOutcome } from '../appeal.store.js';

export type GivenAnswer = Readonly<{ appealId: AppealId; outcome: AppealOutcome; reasons: string }>;

/** Another person of the operator answers; upheld, the decision is undone as though it had never been. */
export class AnswerAppeal extends Command<GivenAnswer | Rejected> {
  constructor(readonly given: GivenAnswer, readonly meta: Meta) {
    super();
  }
}
