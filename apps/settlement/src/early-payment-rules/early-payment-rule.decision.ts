// How much of what is due to places of a programme may be paid early. It has effect on whole days to come, as closing rules have: who
// reads it today may count on it today.
import { addDays, reject, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type EarlyPaymentTerms = Readonly<{
  /** Of what the lines of the programme would be paid now; 0: nothing any more. */
  shareBasisPoints: number;
  /** For one payee and custody account. */
  ceiling: Cents;
  /** Whole months, and redemptions in statements, since the last finding about the payee. */
  monthsMin: number;
  redemptionsMin: number;
}>;
export type AskedEarlyPaymentRule = EarlyPaymentTerms & Readonly<{ from: LocalDate }>;
export type EarlyPaymentRule = AskedEarlyPaymentRule & Readonly<{ version: number }>;

export function decideEarlyPaymentRule(
  asked: Pick<AskedEarlyPaymentRule, 'from'>, { previous, today }: Readonly<{ previous: Pick<EarlyPaymentRule, 'version' | 'from'> | undefined; today: LocalDate }>,
): Readonly<{ kind: 'published'; version: number }> | Rejected<RefusalCode> {
  const afterPrevious = addDays(previous && previous.from > today ? previous.from : today, 1);
  if (asked.from < afterPrevious) return reject('early_payment_rule_too_early', { earliest: afterPrevious });
  return { kind: 'published', version: (previous?.version ?? 0) + 1 };
}
