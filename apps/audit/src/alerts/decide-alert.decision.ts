// Who may decide about an alert, and whether there is something to hold.
import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type AlertOutcome = 'dismissed' | 'upheld';
/** `accountPeople`: who proposed or approved an account behind its place, as settlement told it. */
export type DecidableAlert = Readonly<{ decided: boolean; redemptionIds: readonly string[]; accountPeople: readonly string[] }>;

/** Undefined: it may be decided so. */
export function decideAlert(
  alert: DecidableAlert | undefined, outcome: AlertOutcome, personId: string,
): Rejected<RefusalCode> | undefined {
  if (!alert) return reject('alert_not_found');
  if (alert.decided) return reject('alert_decided');
  // Otherwise whoever the money leads to could wave it through.
  if (alert.accountPeople.includes(personId)) return reject('decider_behind_account');
  return outcome === 'upheld' && alert.redemptionIds.length === 0 ? reject('alert_without_lines') : undefined;
}
