import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** Undefined: they may be proposed, or confirmed, on this day. */
const decideDay = (effectiveFrom: string, today: string): Rejected<RefusalCode> | undefined =>
  (effectiveFrom > today ? undefined : reject('alert_rules_day_past', { today }));

export const decideProposal = (asked: Readonly<{ effectiveFrom: string }>, today: string) => decideDay(asked.effectiveFrom, today);

export type ConfirmableSet = Readonly<{ effectiveFrom: string; proposedBy: string; confirmedBy: string | null }>;

export function decideConfirmation(
  set: ConfirmableSet | undefined, by: Readonly<{ personId: string; today: string }>,
): Rejected<RefusalCode> | undefined {
  if (!set) return reject('alert_rules_not_found');
  if (set.confirmedBy !== null) return reject('alert_rules_confirmed');
  // One person could raise a bound above what a friend does.
  if (set.proposedBy === by.personId) return reject('alert_rules_confirmer');
  return decideDay(set.effectiveFrom, by.today);
}
