// How what places of a programme give to the commons is shared: what the operator may take beside it, which part stays in the programme's
// own pool, and who decides about that pool. What one pool gains another loses, so that every change is told thirty days before. One person
// proposes it and another confirms it; a rule of the national pool divides nothing, and says only who decides.
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

/** As somebody proposed it. `operatorCapBasisPoints` null: of the national pool, which divides nothing. */
export type DatedRule = Readonly<{ from: LocalDate; operatorCapBasisPoints: number | null }>;
export type KeptRule = DatedRule & Readonly<{
  version: number; localBasisPoints: number | null; deciders: readonly string[];
  state: 'proposed' | 'confirmed' | 'withdrawn'; proposedBy: string; confirmedBy: string | null;
}>;
/** `kept`: every rule of the pool that there is. `fees`: all fee rules of the programme. */
export type RuleStanding = Readonly<{
  kept: readonly Pick<KeptRule, 'version' | 'from' | 'state'>[]; fees: readonly DatedFee[]; today: LocalDate;
}>;

/** A pool has one rule at most that waits for a second person: of two, the later one could not say what it follows. */
export function decideSharingRule(asked: DatedRule, standing: RuleStanding): Readonly<{ kind: 'proposed'; version: number }> | Rejected<RefusalCode> {
  const waits = standing.kept.find(({ state }) => state === 'proposed');
  if (waits) return reject('sharing_rule_waits', { version: waits.version });
  return against(asked, standing) ?? { kind: 'proposed', version: Math.max(0, ...standing.kept.map(({ version }) => version)) + 1 };
}

type Asked = Readonly<{ rule: KeptRule | undefined; userId: string }>;

/** Judged again: the notice runs from here on, when it is told, and a fee may have been published meanwhile. */
export function decideConfirmation({ rule, userId }: Asked, standing: RuleStanding): Readonly<{ kind: 'confirmed' }> | Rejected<RefusalCode> {
  if (!rule) return reject('sharing_rule_unknown');
  if (rule.state !== 'proposed') return reject('sharing_rule_decided', { state: rule.state });
  if (rule.proposedBy === userId) return reject('sharing_rule_of_proposer');
  return against(rule, standing) ?? { kind: 'confirmed' };
}

type Withdrawn = Readonly<{ kind: 'withdrawn'; wasTold: boolean }>;
type WholeStanding = Omit<RuleStanding, 'kept'> & Readonly<{ kept: readonly KeptRule[] }>;

/**
 * One that waits is taken back by anybody who may propose or confirm; one that was told by another than its proposer, before its day. The
 * rule before it goes on instead, and fees that were published under the cap of this one have to fit that.
 */
export function decideWithdrawal(
  { rule, userId }: Asked, { kept, fees, today }: WholeStanding,
): Withdrawn | Rejected<RefusalCode> {
  if (!rule) return reject('sharing_rule_unknown');
  if (rule.state === 'withdrawn') return reject('sharing_rule_decided', { state: rule.state });
  const wasTold = rule.state === 'confirmed';
  if (wasTold && rule.from <= today) return reject('sharing_rule_begun', { from: rule.from });
  if (wasTold && rule.proposedBy === userId) return reject('sharing_rule_of_proposer');
  const others = kept.filter(({ state, version }) => state === 'confirmed' && version !== rule.version).toSorted(byDay);
  const cap = others.findLast(({ from }) => from <= rule.from)?.operatorCapBasisPoints ?? null;
  const next = others.find(({ from }) => from > rule.from);
  const fee = largestFeeFrom(fees.filter(({ from }) => !next || from < next.from), rule.from);
  if (wasTold && cap !== null && fee > cap) return reject('operator_share_over_cap', { feeBasisPoints: fee, capBasisPoints: cap });
  return { kind: 'withdrawn', wasTold };
}

const byDay = (one: DatedRule, other: DatedRule): number => (one.from < other.from ? -1 : 1);

function against({ from, operatorCapBasisPoints: cap }: DatedRule, { kept, fees, today }: RuleStanding): Rejected<RefusalCode> | undefined {
  const previous = kept.filter(({ state }) => state === 'confirmed').map((one) => one.from).sort().at(-1);
  const earliest = previous ? later(addDays(previous, 1), addDays(today, SHARING_NOTICE_DAYS)) : addDays(today, 1);
  if (from < earliest) return reject('sharing_rule_too_early', { earliest });
  const fee = largestFeeFrom(fees, from);
  return cap !== null && fee > cap ? reject('operator_share_over_cap', { feeBasisPoints: fee, capBasisPoints: cap }) : undefined;
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
