import { addDays, dayIn, reject, type LocalDate, type PlaceId, type Rejected } from '#libs/kernel';
import { APPEAL_ANSWER_DAYS, APPEAL_DAYS, OPERATOR_ZONE } from '../limits.js';
import type { RefusalCode } from '../refusals.js';

export type ContestedDecision = Readonly<{ placeId: PlaceId; decidedAt: Date; appealed: boolean }>;

/** Of another place a decision is as unknown as one that does not exist. */
export function decideAppeal(
  decision: ContestedDecision | undefined, by: Readonly<{ placeId: PlaceId; at: Date }>,
): Readonly<{ kind: 'stated'; answerDue: LocalDate }> | Rejected<RefusalCode> {
  if (!decision || decision.placeId !== by.placeId) return reject('decision_not_found');
  if (decision.appealed) return reject('appeal_stated');
  const [today, lastDay] = [dayIn(OPERATOR_ZONE, by.at), addDays(dayIn(OPERATOR_ZONE, decision.decidedAt), APPEAL_DAYS)];
  if (today > lastDay) return reject('appeal_too_late', { lastDay });
  return { kind: 'stated', answerDue: addDays(today, APPEAL_ANSWER_DAYS) };
}
