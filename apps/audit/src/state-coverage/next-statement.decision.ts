// Which day is to be stated next. A day that is over is stated once, when all ledgers have told it; the day that runs as
// often as all of them told something new. A ledger that began to speak later had nothing before.
import { LEDGERS, type Announced, type LedgerName } from './coverage.decision.js';

export type Stated = Readonly<{
  finalDay: string | null;
  /** Numbers that the last statement was made of. */
  numbers: Readonly<Partial<Record<LedgerName, number>>>;
}>;

const withNothing = (announced: Announced): Announced => ({ ...announced, totals: { ...announced.totals, lines: [], stated: [] } });

/** `announced`: of each ledger its first totals, and all of days not stated yet; undefined when nothing is to be stated. */
export function nextStatement(announced: readonly Announced[], { finalDay, numbers }: Stated): readonly Announced[] | undefined {
  const first = LEDGERS.map((ledger) => announced.filter((one) => one.ledger === ledger).sort(byNumber)[0]);
  if (first.some((one) => one === undefined)) return undefined;
  const isLater = (day: string) => finalDay === null || day > finalDay;
  const [day] = announced.filter(({ totals }) => totals.final && isLater(totals.day)).map(({ totals }) => totals.day).sort();
  if (day !== undefined) {
    const before = (one: Announced) => (one.totals.day > day ? withNothing(one) : undefined);
    return complete(LEDGERS.map((ledger, at) => finalOf(announced, ledger, day) ?? before(first[at]!)));
  }
  const running = LEDGERS.map((ledger) => announced.filter((one) => one.ledger === ledger).sort(byNumber).at(-1)!);
  const isToday = running.every(({ totals }) => !totals.final && totals.day === running[0]!.totals.day && isLater(totals.day));
  const isNew = running.some(({ ledger, totals }) => totals.number > (numbers[ledger] ?? 0));
  return isToday && isNew ? running : undefined;
}

const byNumber = (a: Announced, b: Announced): number => a.totals.number - b.totals.number;

const finalOf = (announced: readonly Announced[], ledger: LedgerName, day: string): Announced | undefined =>
  announced.find((one) => one.ledger === ledger && one.totals.final && one.totals.day === day);

const complete = (found: readonly (Announced | undefined)[]): readonly Announced[] | undefined =>
  (found.every((one) => one !== undefined) ? found : undefined);
