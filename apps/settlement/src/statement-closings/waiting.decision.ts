// Whether a payee's open lines wait for a later closing. A payee and custody account waits or closes whole, because a statement covers a
// range of numbers: lines of one programme cannot be left behind alone.
import { addDays, type Cents, type LocalDate, type ProgrammeId } from '#libs/kernel';
import { isDue } from '../closing-rules/closing-calendar.decision.js';
import { nextEnds, ruleOn, type ClosingRule } from '../closing-rules/closing-rule.decision.js';

export type ProgrammeTerms = Readonly<{ rules: readonly ClosingRule[]; claimableUntil: LocalDate | null }>;
export type ClosingDay = Readonly<{ day: LocalDate; lastDay: LocalDate | null }>;
export type OpenSum = Readonly<{
  programmeIds: readonly ProgrammeId[];
  /** What would be paid. */
  net: Cents;
  /** Days since the first closing that left some of it open; 0: this is the first. */
  waitedDays: number;
}>;
export type WaitReason = 'not_due' | 'below_minimum';

/**
 * It closes when one of its programmes is due and content: with the sum, or with how long it waited. What has no rule is due at each
 * closing, and content with a cent; a programme whose claims end today or ended leaves nothing to wait for.
 */
export function decideWaiting(
  { programmeIds, net, waitedDays }: OpenSum, terms: ReadonlyMap<ProgrammeId, ProgrammeTerms>, at: ClosingDay,
): WaitReason | undefined {
  const due = programmeIds.map((id) => termsOn(terms.get(id), at)).filter((programme) => programme.isDue);
  if (due.length === 0) return 'not_due';
  return due.some(({ rule }) => !rule || net >= rule.minimum || waitedDays >= rule.waitDaysMax) ? undefined : 'below_minimum';
}

/** The rule that binds on that day; none is as good as one that waits for nothing. */
function termsOn(terms: ProgrammeTerms | undefined, at: ClosingDay): Readonly<{ isDue: boolean; rule?: ClosingRule }> {
  const rule = terms && ruleOn(terms.rules, at.day);
  if (!rule || (terms.claimableUntil !== null && terms.claimableUntil <= at.day)) return { isDue: true };
  return { isDue: isDue(rule.frequency, at), rule };
}

export type Chances = Readonly<{ nextEnd: LocalDate | null; latestEnd: LocalDate | null }>;

/**
 * The end of the next period whose closing may take what waits since `since`, and of the one whose closing takes it whatever it comes to:
 * for places that ask when they are paid. Null where no rule says so.
 */
export function chancesOf(
  programmes: readonly ProgrammeTerms[], { today, since }: Readonly<{ today: LocalDate; since: LocalDate }>,
): Chances {
  const final = programmes.flatMap(({ claimableUntil }) => (claimableUntil === null ? [] : [laterOf(claimableUntil, today)]));
  const next = programmes.flatMap(({ rules }) => nextEnds(rules, today, 1));
  const aged = programmes.flatMap(({ rules }) => {
    const rule = ruleOn(rules, today);
    return rule ? nextEnds(rules, addDays(laterOf(addDays(since, rule.waitDaysMax), addDays(today, 1)), -1), 1) : [];
  });
  return { nextEnd: earliest([...next, ...final]), latestEnd: earliest([...aged, ...final]) };
}

const laterOf = (one: LocalDate, other: LocalDate): LocalDate => (one > other ? one : other);
const earliest = (days: readonly LocalDate[]): LocalDate | null => [...days].sort()[0] ?? null;
