// Which payments come back. One line in a hundred, half of them before the debit and half days after it; a small year has
// one of each all the same, because what never happens is never seen to work.
import { weighted, type Draw } from './chance.decision.js';

export type BankAnswer = 'pays' | 'returns' | 'rejects';
/** What has come back so far. */
export type CameBack = Readonly<{ returns: number; rejects: number }>;

const CAME_BACK_SHARE = 0.01;
/** Below it, everything that a run pays could come back at once. */
const PAYMENTS_MIN = 2;

export const REASONS = ['AC04', 'AC01'] as const;

/** The answers to one file of `count` payments, one per payment. */
export function answersOf(count: number, before: CameBack, draw: Draw): BankAnswer[] {
  const answers = Array.from({ length: count }, (): BankAnswer =>
    (draw() < CAME_BACK_SHARE ? (['returns', 'rejects'] as const)[weighted(draw, [1, 1])]! : 'pays'));
  const missing = count < PAYMENTS_MIN ? undefined : before.returns === 0 ? 'returns' : before.rejects === 0 ? 'rejects' : undefined;
  if (missing && !answers.includes(missing)) answers[count - 1] = missing;
  return answers;
}
