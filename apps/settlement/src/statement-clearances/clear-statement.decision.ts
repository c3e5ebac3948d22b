import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** `measureIds`: those that it waits for; cleared for these, it waits again for a later one. */
export type ClearableStatement = Readonly<{ measureIds: readonly string[]; lastMakers: readonly string[] }>;

export function decideClearance(
  statement: ClearableStatement | undefined, reviewer: string,
): Readonly<{ kind: 'cleared'; measureIds: readonly string[] }> | Rejected<RefusalCode> {
  if (!statement) return reject('statement_unknown');
  if (statement.measureIds.length === 0) return reject('nothing_to_clear');
  // As with a hold: one person could point the money at an account and let it go there.
  if (statement.lastMakers.includes(reviewer)) return reject('reviewer_changed_iban');
  return { kind: 'cleared', measureIds: statement.measureIds };
}
