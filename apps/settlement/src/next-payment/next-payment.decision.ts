// When a place is paid what it has redeemed: the closing that may take it, and the day that the programmes promise. Days only; what it
// comes to is the arithmetic of a statement.
import { addDays, type LocalDate, type ProgrammeId } from '#libs/kernel';
import { lastPeriodEnd } from '../closing-rules/closing-calendar.decision.js';
import { nextEnds, ruleOn } from '../closing-rules/closing-rule.decision.js';
import type { ProgrammeTerms } from '../statement-closings/waiting.decision.js';

export type Terms = ReadonlyMap<ProgrammeId, ProgrammeTerms>;
/** Null where no rule of any of its programmes says so: then whoever closes decides. */
export type Expected = Readonly<{ nextEnd: LocalDate | null; payBy: LocalDate | null }>;

/** Of what is in no statement yet. A payee closes whole, so the first period to end of any of its programmes counts. */
export function expectedOf(programmeIds: readonly ProgrammeId[], terms: Terms, today: LocalDate): Expected {
  const ends = programmeIds.flatMap((id) => {
    const rules = terms.get(id)?.rules ?? [];
    const [end] = nextEnds(rules, addDays(today, -1), 1);
    return end === undefined ? [] : [{ end, payBy: addDays(end, ruleOn(rules, end)!.payDaysMax) }];
  });
  return { nextEnd: earliest(ends.map(({ end }) => end)), payBy: earliest(ends.map(({ payBy }) => payBy)) };
}

/** Of a statement: from the end of the period that its closing, begun on `closedOn`, was for. */
export function promisedOf(programmeIds: readonly ProgrammeId[], terms: Terms, closedOn: LocalDate): LocalDate | null {
  return earliest(programmeIds.flatMap((id) => {
    const rule = ruleOn(terms.get(id)?.rules ?? [], closedOn);
    return rule ? [addDays(lastPeriodEnd(rule.frequency, closedOn), rule.payDaysMax)] : [];
  }));
}

const earliest = (days: readonly LocalDate[]): LocalDate | null => [...days].sort()[0] ?? null;
