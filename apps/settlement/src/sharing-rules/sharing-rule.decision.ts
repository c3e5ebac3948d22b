// How what places of a programme give to the commons is shared: what the operator may take beside it, which part stays in the programme's
// own pool, and who decides about that pool. What one pool gains another loses, so that every change is told thirty days before.
import { addDays, reject, type LocalDate, type ProgrammeId, type Rejected } from '#libs/kernel';
import { SHARING_NOTICE_DAYS } from '../limits.js';
import type { RefusalCode } from '../refusals.js';

export type SharingTerms = Readonly<{
  /** No fee rule takes a larger fee, VAT aside, on a day on which this one is in force. */
  operatorCapBasisPoints: number;
  /** Of the commons share: what the programme's own pool gets. The national pool has the rest. */
  localBasisPoints: number;
  /** Who votes on allocations of the programme's own pool. */
  deciders: readonly string[];
}>;
export type AskedSharingRule = SharingTerms & Readonly<{ from: LocalDate }>;
export type SharingRule = AskedSharingRule & Readonly<{ version: number }>;
export type SharingRules = ReadonlyMap<ProgrammeId, SharingRule>;

/** `fees`: all fee rules of the programme. */
export function decideSharingRule(
  asked: AskedSharingRule,
  { previous, fees, today }: Readonly<{ previous: Pick<SharingRule, 'version' | 'from'> | undefined; fees: readonly DatedFee[]; today: LocalDate }>,
): Readonly<{ kind: 'published'; version: number }> | Rejected<RefusalCode> {
  const afterPrevious = previous ? later(addDays(previous.from, 1), addDays(today, SHARING_NOTICE_DAYS)) : addDays(today, 1);
  if (asked.from < afterPrevious) return reject('sharing_rule_too_early', { earliest: afterPrevious });
  const fee = largestFeeFrom(fees, asked.from);
  if (fee > asked.operatorCapBasisPoints) {
    return reject('operator_share_over_cap', { feeBasisPoints: fee, capBasisPoints: asked.operatorCapBasisPoints });
  }
  return { kind: 'published', version: (previous?.version ?? 0) + 1 };
}

const later = (one: LocalDate, other: LocalDate): LocalDate => (one > other ? one : other);

export type DatedFee = Readonly<{ from: LocalDate; feeBasisPoints: number }>;

/** In force on that day or on any later one. */
export function fromThenOn<Rule extends Readonly<{ from: LocalDate }>>(rules: readonly Rule[], day: LocalDate): Rule[] {
  const begun = rules.filter(({ from }) => from <= day).map(({ from }) => from).sort().at(-1);
  return rules.filter(({ from }) => from > day || from === begun);
}

export const largestFeeFrom = (fees: readonly DatedFee[], day: LocalDate): number =>
  Math.max(0, ...fromThenOn(fees, day).map(({ feeBasisPoints }) => feeBasisPoints));

/** What bounds the fee of a rule with effect on that day: null where no sharing rule does. */
export function smallestCapFrom(rules: readonly Pick<SharingRule, 'from' | 'operatorCapBasisPoints'>[], day: LocalDate): number | null {
  const caps = fromThenOn(rules, day).map(({ operatorCapBasisPoints }) => operatorCapBasisPoints);
  return caps.length === 0 ? null : Math.min(...caps);
}
