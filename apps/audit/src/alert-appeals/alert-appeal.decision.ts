import { addDays, dayIn, reject, type LocalDate, type Rejected } from '#libs/kernel';
import { APPEAL_ANSWER_DAYS, APPEAL_DAYS, OPERATOR_ZONE } from '../limits.js';
import type { RefusalCode } from '../refusals.js';

export type ContestedAlert = Readonly<{ placeId: string | null; upheldAt: Date | null; appealed: boolean }>;

/** Of another place an alert is as unknown as one that nobody upheld. */
export function decideAlertAppeal(
  alert: ContestedAlert | undefined, by: Readonly<{ placeId: string; at: Date }>,
): Readonly<{ kind: 'stated'; answerDue: LocalDate }> | Rejected<RefusalCode> {
  if (!alert?.upheldAt || alert.placeId !== by.placeId) return reject('alert_not_found');
  if (alert.appealed) return reject('alert_appeal_stated');
  const [today, lastDay] = [dayIn(OPERATOR_ZONE, by.at), addDays(dayIn(OPERATOR_ZONE, alert.upheldAt), APPEAL_DAYS)];
  if (today > lastDay) return reject('alert_appeal_too_late', { lastDay });
  return { kind: 'stated', answerDue: addDays(today, APPEAL_ANSWER_DAYS) };
}

export type AnswerableAppeal = Readonly<{
  alertId: string; placeId: string; decidedBy: string; answered: boolean;
  /** Who proposed or approved the account that the place is paid to. */
  accountPeople: readonly string[];
}>;

/** Undefined: the answer counts. */
export function decideAlertAnswer(appeal: AnswerableAppeal | undefined, personId: string): Rejected<RefusalCode> | undefined {
  if (!appeal) return reject('alert_appeal_not_found');
  if (appeal.answered) return reject('alert_appeal_answered');
  if (appeal.accountPeople.includes(personId)) return reject('decider_behind_account');
  // Nobody is the judge of one's own decision.
  return appeal.decidedBy === personId ? reject('alert_answerer_decided') : undefined;
}
