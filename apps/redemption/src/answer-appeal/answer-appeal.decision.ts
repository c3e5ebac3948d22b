import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** Undefined: the answer counts. */
export function decideAnswer(
  appeal: Readonly<{ decidedBy: string; answered: boolean }> | undefined, personId: string,
): Rejected<RefusalCode> | undefined {
  if (!appeal) return reject('appeal_not_found');
  if (appeal.answered) return reject('appeal_answered');
  // Nobody is the judge of one's own decision.
  return appeal.decidedBy === personId ? reject('answerer_decided') : undefined;
}
