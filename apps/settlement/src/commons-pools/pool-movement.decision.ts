// What moved money into a pool or out of it, in the words of the public account: nothing enters but by a rule, nothing leaves but by a rule
// or a decision.
export const MOVEMENT_KINDS = [
  'statement', 'debit_note', 'breakage', 'gift', 'allocation', 'early_payment', 'early_payment_back', 'other',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** By the row of the table of postings, and its side. */
export function kindOfMovement(rule: string, amount: bigint): MovementKind {
  switch (rule) {
    case '12': return 'statement';
    case '20': return 'debit_note';
    case '23': return 'breakage';
    case '27': return 'gift';
    case '28': return 'allocation';
    case '29': return amount < 0n ? 'early_payment' : 'early_payment_back';
    default: return 'other';
  }
}
