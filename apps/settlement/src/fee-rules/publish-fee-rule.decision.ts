// What a fee rule may take of a place's gross, and from when. What a place gives up is the fee with its VAT and the commons share,
// compared in hundred-millionths of the gross, so that nothing is rounded.
import { addDays, reject, type LocalDate, type Rejected } from '#libs/kernel';
import { FEE_NOTICE_DAYS } from '../limits.js';
import type { RefusalCode } from '../refusals.js';

export type FeeRates = Readonly<{ feeBasisPoints: number; vatBasisPoints: number; commonsBasisPoints: number }>;
export type AskedFeeRule = FeeRates & Readonly<{
  from: LocalDate;
  /** No later rule of the programme may take more than this, in all. Null: no promise. */
  promisedCapBasisPoints: number | null;
}>;
export type EarlierRules = Readonly<{
  last: (FeeRates & Readonly<{ version: number; from: LocalDate }>) | undefined;
  /** The lowest cap that a rule of the programme promised. */
  promisedCapBasisPoints: number | null;
}>;
export type PublishingAt = Readonly<{
  today: LocalDate; platformCapBasisPoints: number;
  /** What sharing rules let the fee be from the day of the rule on; null where there are none. */
  operatorCapBasisPoints: number | null;
}>;
export type DecidedFeeRule = Readonly<{ kind: 'published'; version: number }>;

const WHOLE = 10_000;

/** Of 100,000,000 of gross. */
export const takenOf = ({ feeBasisPoints, vatBasisPoints, commonsBasisPoints }: FeeRates): number =>
  feeBasisPoints * (WHOLE + vatBasisPoints) + commonsBasisPoints * WHOLE;

/**
 * Versions follow each other in the order of their days, so that a day has one rule, and no rule reaches into days that are over: what
 * was redeemed on them bears the rule of then. A rule that takes more than the one before it waits, so that places can leave.
 */
export function decideFeeRule(
  asked: AskedFeeRule, { last, promisedCapBasisPoints }: EarlierRules,
  { today, platformCapBasisPoints, operatorCapBasisPoints }: PublishingAt,
): DecidedFeeRule | Rejected<RefusalCode> {
  const taken = takenOf(asked);
  // A place would work for nothing.
  if (taken >= WHOLE * WHOLE) return reject('fee_rule_too_high');
  const promise = asked.promisedCapBasisPoints;
  const cap = Math.min(platformCapBasisPoints, promisedCapBasisPoints ?? WHOLE, promise ?? WHOLE);
  if (taken > cap * WHOLE) return reject('fee_rule_over_cap', { capBasisPoints: cap });
  if (operatorCapBasisPoints !== null && asked.feeBasisPoints > operatorCapBasisPoints) {
    return reject('operator_share_over_cap', { feeBasisPoints: asked.feeBasisPoints, capBasisPoints: operatorCapBasisPoints });
  }
  if (promise !== null && promise > (promisedCapBasisPoints ?? WHOLE)) {
    return reject('fee_cap_raised', { capBasisPoints: promisedCapBasisPoints });
  }
  if (!last) return { kind: 'published', version: 1 };
  if (asked.from <= last.from) return reject('fee_rule_too_early', { version: last.version, from: last.from });
  if (asked.from < today) return reject('fee_rule_in_the_past', { earliest: today });
  const earliest = addDays(today, FEE_NOTICE_DAYS);
  if (taken > takenOf(last) && asked.from < earliest) return reject('fee_rule_without_notice', { earliest });
  return { kind: 'published', version: last.version + 1 };
}
