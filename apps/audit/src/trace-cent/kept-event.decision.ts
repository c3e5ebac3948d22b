// An event as a trace reads it: of the body only what leads on or counts. Names, codes and texts are never looked at.
export type PayerPart = Readonly<{ payerId: string; amountCents: number }>;

type Ids = Partial<Record<
  'bankLineId' | 'orderId' | 'programmeId' | 'invoiceId' | 'payerId' | 'batchId' | 'replacementBatchId' | 'activationId' | 'handOverId' | 'distributorId' | 'placeId' | 'payeeId'
  | 'redemptionId' | 'claimLineId' | 'holdId' | 'incidentId' | 'debitNoteId' | 'statementId' | 'placeInvoiceId' | 'paymentId' | 'refundId' | 'allocationId' | 'earlyPaymentId' | 'cardPaymentId' | 'custodyAccountId' | 'runId', string>>;
type Numbers = Partial<Record<
  'amountCents' | 'grossCents' | 'feeCents' | 'vatCents' | 'commonsCents' | 'netCents' | 'setOffCents' | 'faceCents' | 'expiredCents'
  | 'owedCents' | 'coverCents' | 'bookletSize' | 'count' | 'first' | 'last' | 'voucherIndex' | 'upToSeq' | 'dueSeq', number>>;

export type TracedBody = Readonly<Ids & Numbers & {
  shares?: readonly (PayerPart & Readonly<{ expiredCents?: number }>)[];
  statementIds?: readonly string[];
  refundIds?: readonly string[];
  allocationIds?: readonly string[];
  earlyPaymentIds?: readonly string[];
  /** What both sides of an order agreed on. */
  outcome?: string;
  /** Of the commons: which one was given to, or gave. */
  pool?: string;
  /** Of a posting that has no event of its own. */
  postingRule?: string;
  /** A line of Stripe's list of what moved its balance; it bears no id of ours. */
  stripeMovementId?: string | null;
  replaces?: Readonly<{ batchId: string; first: number }>;
}>;

export type KeptEvent = Readonly<{
  id: string;
  sender: string;
  seq: number;
  type: string;
  occurredAt: Date;
  /** Its place in the sealed log; null while it waits for one. */
  leaf: number | null;
  body: TracedBody;
}>;

/** A voucher is a place in a batch. */
export type VoucherPlace = Readonly<{ batchId: string; index: number }>;

/** The order of a trace. */
export const byMoment = (a: KeptEvent, b: KeptEvent): number => a.occurredAt.getTime() - b.occurredAt.getTime() || a.seq - b.seq;

export const isOf = (...types: readonly string[]) => ({ type }: KeptEvent): boolean => types.includes(type);

export const PAYMENT = [
  'payment.booked.v1', 'payment.returned.v1', 'payment.rejected.v1', 'payment.transferred.v1', 'payment.transfer_refused.v1', 'payment.transfer_reversed.v1',
] as const;
export const CLAIM = ['claim_line.held.v1', 'claim_line.released.v1', 'claim_line.rejected.v1', 'incident.posted.v1'] as const;
export const REDEEMED = 'voucher.redeemed.v1';
export const STATEMENT = 'statement.closed.v1';
export const DEBIT_NOTE = 'debit_note.issued.v1';
/** Both take lines up to a number: each line is in one of them. */
export const CLOSED = [STATEMENT, DEBIT_NOTE] as const;
export const NOTE_LESS = ['debit_note.paid.v1', 'debit_note.lost.v1'] as const;
/** Where money of the commons begins. */
export const ALLOCATED = 'allocation.voted.v1';
export const SET_ASIDE = 'early_payment.set_aside.v1';
export const NETTED = 'early_payment.netted.v1';
/** What was paid before its statement: set aside, then taken of a statement, or given up. */
export const EARLY = [SET_ASIDE, NETTED, 'early_payment.lapsed.v1'] as const;
export const ORDER_ENDED = 'contradictory_statement.signed.v1';
export const GIFT = 'commons.contributed.v1';
/** What the commons get: a share of each statement, what payers leave them, and what anybody gives them. */
export const FEEDS = [STATEMENT, ORDER_ENDED, GIFT] as const;
/** Brings what Stripe held of card payments to the bank. */
export const PAYOUT = 'stripe_payout.arrived.v1';
export const CARD_PAID = 'payment.succeeded.v1';
export const INVOICED = 'invoice.issued.v1';
export const CREDITED = 'credit_note.issued.v1';
export const EXTENDED = 'batch.extended.v1';
export const PLACE_INVOICE = 'place_invoice.issued.v1';
