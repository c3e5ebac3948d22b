// How a proposal of later dates stands, as whoever agrees to it would be told: nothing of it is stored.
import { isRejected, reject, type LocalDate } from '#libs/kernel';
import { decideDates, type LaterDates } from '../extend-order/later-dates.decision.js';

export const EXTENSION_STATES = ['to_agree', 'in_force', 'lapsed'] as const;
export type ExtensionState = (typeof EXTENSION_STATES)[number];
export type AskedExtension = Readonly<{ dates: LaterDates; now: LaterDates; inForce: boolean }>;

/** Lapsed: the last day of use is over, or another extension came first. */
export function extensionState({ dates, now, inForce }: AskedExtension, today: LocalDate): ExtensionState {
  if (inForce) return 'in_force';
  const refused = today > now.usableUntil ? reject('extension_by_statement') : decideDates(now, dates, today);
  return isRejected(refused) ? 'lapsed' : 'to_agree';
}
