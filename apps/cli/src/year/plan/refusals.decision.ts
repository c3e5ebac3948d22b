// What tills are told no to, in a year: each kind at least once, the usual ones more often. The weights are assumed; what
// is real is that citizens come with used vouchers, and that people type wrong days.
import { addDays, type LocalDate } from '#libs/kernel';
import { daysBetween, type Calendar } from './calendar.decision.js';
import { below, between, weighted, type Draw } from './chance.decision.js';

export const REFUSED_KINDS = [
  'voucher_used', 'voucher_not_found', 'service_in_future', 'amount_not_face', 'place_not_accredited', 'place_not_registered',
  'programme_not_open', 'amount_missing', 'voucher_balance_too_low', 'service_after_expiry', 'claim_too_late', 'voucher_stopped',
  'service_missing', 'service_not_covered', 'amount_over_limit',
] as const;
export type RefusedKind = (typeof REFUSED_KINDS)[number];

export type RefusedAttempt = Readonly<{ kind: RefusedKind; place: number; on: LocalDate; minuteOfDay: number }>;

const WEIGHTS: Readonly<Record<RefusedKind, number>> = {
  voucher_used: 40, voucher_not_found: 22, service_in_future: 9, amount_not_face: 8, place_not_accredited: 6, place_not_registered: 1,
  programme_not_open: 2, amount_missing: 3, voucher_balance_too_low: 3, service_after_expiry: 3, claim_too_late: 3, voucher_stopped: 2,
  service_missing: 3, service_not_covered: 2, amount_over_limit: 1,
};
/** Of all scans. */
const REFUSED_SHARE = 0.04;

export type RefusalSize = Readonly<{ redemptions: number; placeCount: number; calendar: Calendar }>;

export function refusalsOf({ redemptions, placeCount, calendar }: RefusalSize, draw: Draw): RefusedAttempt[] {
  const count = Math.max(0, Math.round(redemptions * REFUSED_SHARE) - REFUSED_KINDS.length);
  const more = Array.from({ length: count }, () => REFUSED_KINDS[weighted(draw, REFUSED_KINDS.map((kind) => WEIGHTS[kind]))]!);
  return [...REFUSED_KINDS, ...more].map((kind) => {
    const { from, to } = whenOf(kind, calendar);
    const on = addDays(from, between(draw, 0, daysBetween(from, to)));
    return { kind, place: below(draw, placeCount), on, minuteOfDay: 60 * between(draw, 8, 18) + 15 };
  });
}

/** The days on which a till would be told so. */
function whenOf(kind: RefusedKind, { activatedOn, usableUntil, claimableUntil, secondOpensOn, lostOn }: Calendar) {
  switch (kind) {
    case 'programme_not_open': return { from: activatedOn, to: addDays(secondOpensOn, -1) };
    case 'amount_missing':
    case 'service_missing':
    case 'service_not_covered':
    case 'amount_over_limit':
    case 'voucher_balance_too_low': return { from: addDays(secondOpensOn, 14), to: usableUntil };
    case 'service_after_expiry': return { from: addDays(usableUntil, 1), to: claimableUntil };
    case 'claim_too_late': return { from: addDays(claimableUntil, 1), to: addDays(claimableUntil, 1) };
    case 'voucher_stopped': return { from: addDays(lostOn, 1), to: usableUntil };
    // Somebody must have used one before.
    case 'voucher_used': return { from: addDays(claimableUntil, -200), to: usableUntil };
    default: return { from: activatedOn, to: usableUntil };
  }
}
