// Which code of a factor somebody typed.
import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** `isTyped`: it is what was typed. All are compared, whichever it is: how long an answer takes tells nothing. */
export type Candidate = Readonly<{ what: 'step' | 'recovery'; number: number; isTyped: boolean; isUsed: boolean }>;
export type UsedCode = Pick<Candidate, 'what' | 'number'>;

export function decideCode(candidates: readonly Candidate[]): UsedCode | Rejected<RefusalCode> {
  const typed = candidates.filter(({ isTyped }) => isTyped);
  // Two steps may show the same digits, once in a million: the one that was not used counts.
  const free = typed.find(({ isUsed }) => !isUsed);
  if (free) return { what: free.what, number: free.number };
  return reject(typed.length > 0 ? 'code_used' : 'code_wrong');
}
