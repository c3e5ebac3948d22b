// A rule of when statements of a programme are due. It has effect on whole days to come: what happened, and what today's closing
// decides, stands by the rules of before.
import { addDays, reject, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { isPeriodEnd, type Frequency } from './closing-calendar.decision.js';

export type ClosingTerms = Readonly<{
  frequency: Frequency;
  /** Of what would be paid. */
  minimum: Cents;
  /** Since the first closing that left something open: then it is paid whatever it comes to. */
  waitDaysMax: number;
  /** Promised: from the end of a period until the bank has debited what its statements come to. */
  payDaysMax: number;
}>;
export type AskedClosingRule = ClosingTerms & Readonly<{ from: LocalDate }>;
export type ClosingRule = AskedClosingRule & Readonly<{ version: number }>;

export function decideClosingRule(
  asked: AskedClosingRule, { previous, today }: Readonly<{ previous: Pick<ClosingRule, 'version' | 'from'> | undefined; today: LocalDate }>,
): Readonly<{ kind: 'published'; version: number }> | Rejected<RefusalCode> {
  const afterPrevious = previous ? addDays(previous.from, 1) : addDays(today, 1);
  const earliest = afterPrevious > today ? afterPrevious : addDays(today, 1);
  if (asked.from < earliest) return reject('closing_rule_too_early', { earliest });
  return { kind: 'published', version: (previous?.version ?? 0) + 1 };
}

/** The version whose day came last. */
export const ruleOn = (rules: readonly ClosingRule[], day: LocalDate): ClosingRule | undefined => {
  const come = rules.filter(({ from }) => from <= day);
  return come.find(({ version }) => come.every((other) => other.version <= version));
};

/** The days after `today` with which periods end, each by the rule that is in force on it. */
export function nextEnds(rules: readonly ClosingRule[], today: LocalDate, count: number): LocalDate[] {
  const ends: LocalDate[] = [];
  const first = rules.reduce<LocalDate | undefined>((min, { from }) => (min === undefined || from < min ? from : min), undefined);
  if (first === undefined) return ends;
  for (let day = addDays(first > today ? addDays(first, -1) : today, 1); ends.length < count; day = addDays(day, 1)) {
    if (isPeriodEnd(ruleOn(rules, day)!.frequency, day)) ends.push(day);
  }
  return ends;
}
