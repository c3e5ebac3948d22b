import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** Measures and alerts that it waits for; cleared for these, it waits again for a later one. */
export type ClearableStatement = Readonly<{
  measureIds: readonly string[]; alerts: readonly Readonly<{ alertId: string; upheldBy: string }>[]; lastMakers: readonly string[];
}>;

export function decideClearance(
  statement: ClearableStatement | undefined, reviewer: string,
): Readonly<{ kind: 'cleared'; measureIds: readonly string[]; alertIds: readonly string[] }> | Rejected<RefusalCode> {
  if (!statement) return reject('statement_unknown');
  const { measureIds, alerts } = statement;
  if (measureIds.length + alerts.length === 0) return reject('nothing_to_clear');
  // As with a hold: one person could point the money at an account and let it go there.
  if (statement.lastMakers.includes(reviewer)) return reject('reviewer_changed_iban');
  if (alerts.some(({ upheldBy }) => upheldBy === reviewer)) return reject('reviewer_upheld_alert');
  return { kind: 'cleared', measureIds, alertIds: alerts.map(({ alertId }) => alertId) };
}
