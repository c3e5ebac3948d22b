// The port: what the treasury may ask of Stripe's balance, in our words. Movements are read from Stripe's own list and
// never counted from events, which come late, twice and in any order.
import type { Cents, LocalDate } from '#libs/kernel';

/**
 * `refund_failure`: a refund came back. `dispute`: a cardholder, or the bank of a debit, took money back; `dispute_reversal`:
 * Stripe gave it again. `transfer`: to the Stripe account of a payee; `transfer_reversal`: some or all of it came back.
 * `other`: nothing that we can explain.
 */
export const MOVEMENT_KINDS = [
  'charge', 'payout', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'transfer', 'transfer_reversal', 'other',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** One line of Stripe's account with us: `net = amount - fee`, signed as our balance sees it. */
export type StripeMovement = Readonly<{
  movementId: string;
  /** What Stripe calls it; `kind` is what we can explain of that. */
  stripeType: string;
  kind: MovementKind;
  amountCents: Cents;
  feeCents: Cents;
  netCents: Cents;
  /** As Stripe says it, in capitals. */
  currency: string;
  /** The payment of a charge, a refund or a dispute, by which the sender of the money is known. */
  paymentId: string | undefined;
  /** Stripe's object behind it: the charge, refund, dispute, payout, transfer or reversal. */
  sourceId: string | undefined;
  /** Of a refund that we asked for: the id that we gave it. */
  refundId: string | undefined;
  payoutId: string | undefined;
  /** Of a transfer, and of what came back of it. */
  transferId: string | undefined;
  /** Of a transfer that we sent: the id of the payment, which we gave it. */
  transferPaymentId: string | undefined;
  createdAt: Date;
  /** From when on it can be spent: the money of a card days after it was paid. */
  availableAt: Date;
}>;
/** Newest first. `next` is where the page after it begins; undefined at the oldest. */
export type MovementPage = Readonly<{ movements: readonly StripeMovement[]; next: string | undefined }>;

/** Money on its way to the bank. `descriptor` and `traceId` are what the bank may write on its statement. */
export type StripePayout = Readonly<{
  payoutId: string;
  amountCents: Cents;
  arrivesOn: LocalDate;
  descriptor: string | undefined;
  /** Unknown until the bank has it. */
  traceId: string | undefined;
  livemode: boolean;
}>;

export type DisputeState = 'open' | 'won' | 'lost';

/** An abstract class, so that it can be asked for by name where things are injected. */
export abstract class StripeBalance {
  abstract movements(after?: string): Promise<MovementPage>;
  /** Of a movement: Stripe knows every payout that it listed. */
  abstract findPayout(payoutId: string): Promise<StripePayout>;
  /** `won` and `lost` are final. A debit that its bank took back is lost from the start: nobody hears us. */
  abstract findDispute(disputeId: string): Promise<DisputeState>;
}
