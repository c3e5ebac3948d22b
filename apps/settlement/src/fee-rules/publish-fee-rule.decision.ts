import { reject, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type FeeRates = Readonly<{ feeBasisPoints: number; vatBasisPoints: number; commonsBasisPoints: number }>;
export type AskedFeeRule = FeeRates & Readonly<{ from: LocalDate }>;

const WHOLE = 10_000;

/** VAT is taken on the fee; the three together must leave something, or a place would work for nothing. */
const leavesSomething = ({ feeBasisPoints, vatBasisPoints, commonsBasisPoints }: FeeRates): boolean =>
  feeBasisPoints * (WHOLE + vatBasisPoints) + commonsBasisPoints * WHOLE < WHOLE * WHOLE;

/** Versions follow each other in the order of their days, so that a day has one rule. */
export function decideFeeRule(
  asked: AskedFeeRule, previous: Readonly<{ version: number; from: LocalDate }> | undefined,
): Readonly<{ kind: 'published'; version: number }> | Rejected<RefusalCode> {
  if (!leavesSomething(asked)) return reject('fee_rule_too_high');
  if (previous && asked.from <= previous.from) return reject('fee_rule_too_early', { version: previous.version, from: previous.from });
  return { kind: 'published', version: (previous?.version ?? 0) + 1 };
}
