// Row 5: what Stripe keeps and what it sends on, by Stripe's own list. Nothing here waits for the message of a payment: a
// fee is posted when the list shows it, the gross when the message comes, and the two commute.
import { accounts, transfer, type Posting } from '#libs/ledger';
import { cents, type BankAccountId, type Cents, type LocalDate } from '#libs/kernel';

/** As the port to Stripe tells them apart. */
type MovementKind = 'charge' | 'payout' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal' | 'transfer' | 'transfer_reversal' | 'other';
export type Movement = Readonly<{ movementId: string; kind: MovementKind; feeCents: Cents; netCents: Cents; currency: string }>;

const { psp, pspFees, cashInTransit, bankUnknown, bank } = accounts.settlement;

/**
 * A payout on its way, and the fee of whatever else we can explain: of a charge, of a dispute, or one that Stripe gives back.
 * What is of no known kind is not posted, so that the invariants show it.
 */
export function movementPosting(custodyAccountId: BankAccountId, { kind, feeCents, netCents }: Movement): Posting | undefined {
  if (kind !== 'other' && feeCents > 0n) return { rule: '5', custodyAccountId, transfers: [transfer(pspFees, psp, feeCents)] };
  if (kind !== 'other' && feeCents < 0n) return { rule: '5', custodyAccountId, transfers: [transfer(psp, pspFees, cents(-feeCents))] };
  if (kind === 'payout') return { rule: '5', custodyAccountId, transfers: [transfer(cashInTransit, psp, cents(-netCents))] };
  return undefined;
}

/** The payout is on the bank statement: as itself, or as a credit that nobody could name when it came. */
export const arrivalPosting = (custodyAccountId: BankAccountId, amount: Cents, cameAs: 'payout' | 'unknown'): Posting => ({
  rule: '5', custodyAccountId,
  transfers: [transfer(cameAs === 'payout' ? bank(custodyAccountId) : bankUnknown, cashInTransit, amount)],
});

/** Money that Stripe has sent and that no bank line has brought yet. */
export type AnnouncedPayout = Readonly<{
  payoutId: string; amount: Cents; arrivesOn: LocalDate; descriptor: string | null; traceId: string | null;
}>;
export type CreditLine = Readonly<{
  amount: Cents; endToEndId: string | null; counterparty: string | null; remittance: string | null; entryRef: string | null;
}>;

/** What the bank writes when the account has no descriptor of its own. */
const DEFAULT_DESCRIPTOR = 'STRIPE';

/**
 * The payout that this credit brings: to the cent, and named by the bank's trace of it or by its descriptor. Of two equal
 * ones the earlier: their money is the same.
 */
export function payoutOn(line: CreditLine, announced: readonly AnnouncedPayout[]): AnnouncedPayout | undefined {
  const text = packed([line.endToEndId, line.counterparty, line.remittance, line.entryRef].join(' '));
  const equal = announced.filter(({ amount }) => amount === line.amount).sort((a, b) => (a.arrivesOn < b.arrivesOn ? -1 : 1));
  const isNamed = (name: string | null) => name !== null && packed(name) !== '' && text.includes(packed(name));
  return equal.find(({ traceId }) => isNamed(traceId)) ?? equal.find(({ descriptor }) => isNamed(descriptor ?? DEFAULT_DESCRIPTOR));
}

/** Banks fold, space and capitalise as they like. */
const packed = (text: string): string => text.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
