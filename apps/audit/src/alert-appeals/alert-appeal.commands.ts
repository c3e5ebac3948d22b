import { Command } from '@nestjs/cqrs';
import type { AlertAppealId, AlertId, LocalDate, PlaceId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type AskedAppeal = Readonly<{ alertId: AlertId; placeId: PlaceId; grounds: string }>;
export type StatedAppeal = Readonly<{ appealId: AlertAppealId; answerDue: LocalDate }>;

/** A place says why an upheld alert is wrong. What is held stays held, and is not rejected, until somebody has answered. */
export class StateAlertAppeal extends Command<StatedAppeal | Rejected> {
  constructor(readonly asked: AskedAppeal, readonly meta: Meta) {
    super();
  }
}

export type GivenAnswer = Readonly<{ appealId: AlertAppealId; outcome: 'upheld' | 'rejected'; reasons: string }>;

/** Another person answers; upheld, nothing more is held for the alert, and an approver lets go what is. */
export class AnswerAlertAppeal extends Command<GivenAnswer | Rejected> {
  constructor(readonly given: GivenAnswer, readonly meta: Meta) {
    super();
  }
}
