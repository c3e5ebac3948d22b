import { Command } from '@nestjs/cqrs';
import type { AppealId, LocalDate, PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Decision } from '../appeal.store.js';

export type AskedAppeal = Readonly<{ against: Decision; placeId: PlaceId; grounds: string }>;
export type StatedAppeal = Readonly<{ appealId: AppealId; answerDue: LocalDate }>;

/** A place says why a decision about it is wrong. Until that is answered the decision stands. */
export class StateAppeal extends Command<StatedAppeal | Rejected> {
  constructor(readonly asked: AskedAppeal, readonly meta: Meta) {
    super();
  }
}
