// Three sums that must agree to the cent, whatever happened in the year: the payers' money, the places' money, and what
// the bank was told to pay.
import type { CentsName, YearCents } from './cents.js';

/** `paymentFiles`: the sum of the pain.001 for places, read from the files. */
type Known = YearCents & Readonly<{ paymentFiles: number }>;
type Identity = Readonly<{
  id: string; holds: string; left: readonly (CentsName | 'paymentFiles')[]; right: readonly (CentsName | 'paymentFiles')[];
}>;
export type Disagreement = Readonly<{ invariant: string; row: string; detail: string }>;

export const IDENTITIES: readonly Identity[] = [
  {
    id: 'C1', holds: 'what payers funded was redeemed, was given back, or is still owed to holders and payers',
    left: ['funded'], right: ['redeemed', 'refunded', 'outstanding'],
  },
  {
    id: 'C2', holds: 'what places redeemed, and were given or advanced, was paid to them, is owed to them, or was kept as fee, VAT and commons',
    left: ['redeemed', 'gestures', 'advanced', 'debited'],
    right: ['paid', 'payable', 'inTransit', 'fees', 'vat', 'commons', 'held', 'accrued'],
  },
  {
    id: 'C3', holds: 'what the files told the bank to pay to places was paid, came back, or is under way',
    left: ['paymentFiles'], right: ['paid', 'returned', 'rejected', 'inTransit'],
  },
];

/** Those that do not hold, with the difference by name. */
export function disagreements(known: Known): Disagreement[] {
  return IDENTITIES.flatMap(({ id, left, right }) => {
    const [one, other] = [sumOf(known, left), sumOf(known, right)];
    if (one === other) return [];
    const shown = (names: readonly (keyof Known)[]) => names.map((name) => `${name} ${known[name]}`).join(' + ');
    return [{ invariant: id, row: `cents:${left.join('+')}`, detail: `${shown(left)} is not ${shown(right)}: ${one - other} cents apart` }];
  });
}

const sumOf = (known: Known, names: readonly (keyof Known)[]): number => names.reduce((sum, name) => sum + known[name], 0);
