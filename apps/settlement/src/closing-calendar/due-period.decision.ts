import { addDays, type LocalDate } from '#libs/kernel';
import { isDue, lastPeriodEnd } from '../closing-rules/closing-calendar.decision.js';
import { ruleOn, type ClosingRule } from '../closing-rules/closing-rule.decision.js';

/**
 * The last day on which a period ended of which nobody has closed the statements; undefined: none. Whole periods only: one that ends today
 * is due tomorrow, whereas a person may close it this evening. A rule calls for the periods that end under it.
 */
export function duePeriod(
  programmes: readonly Readonly<{ rules: readonly ClosingRule[] }>[],
  { today, lastClosedOn }: Readonly<{ today: LocalDate; lastClosedOn: LocalDate | null }>,
): LocalDate | undefined {
  const yesterday = addDays(today, -1);
  const ends = programmes.flatMap(({ rules }) => {
    const rule = ruleOn(rules, yesterday);
    if (!rule || !isDue(rule.frequency, { day: yesterday, lastDay: lastClosedOn })) return [];
    const end = lastPeriodEnd(rule.frequency, yesterday);
    return end >= rule.from ? [end] : [];
  });
  return ends.sort().at(-1);
}
