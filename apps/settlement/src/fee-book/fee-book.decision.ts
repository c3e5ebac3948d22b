// The fee book in the open: of one voucher of ten euros, who gets how many cents, under each rule that was, is, or is announced.
import { cents, type LocalDate } from '#libs/kernel';
import { sharesOf, type Rates } from '../statement-closings/statement.decision.js';
import { partsOf, type Part } from '../who-gets-what/parts.decision.js';

/** What people have in their hand. */
export const SHOWN_GROSS = cents(1_000);

export type BookedRule = Rates & Readonly<{
  version: number; from: string; promisedCapBasisPoints: number | null; platformCapBasisPoints: number;
}>;
export type BookEntry = BookedRule & Readonly<{ state: 'past' | 'in_force' | 'to_come'; parts: readonly Part[] }>;

/** `rules`: newest first, as they follow each other by day. */
export function feeBookOf(rules: readonly BookedRule[], today: LocalDate): readonly BookEntry[] {
  const inForce = rules.find(({ from }) => from <= today);
  return rules.map((rule) => ({
    ...rule, parts: partsOf(sharesOf(SHOWN_GROSS, rule)),
    state: rule === inForce ? 'in_force' : rule.from > today ? 'to_come' : 'past',
  }));
}
