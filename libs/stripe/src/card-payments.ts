// The port: what a service may ask of card payments, in our words. Stripe's objects stay behind it.
import type { Cents, Currency, Rejected } from '#libs/kernel';
import type { StripeEvent } from './stripe-event.js';

/** One way per page: the payer chooses before it is sent there, because we bear another risk with each. */
export type PaymentMethod = 'card' | 'bank_transfer' | 'sepa_debit';

export type CheckoutRequest = Readonly<{
  /** `card` when absent. */
  method?: PaymentMethod;
  /** As Stripe knows the payer; a bank transfer needs it, because Stripe gives each its own account number. */
  customerId?: string;
  /** Comes back in every event of this payment, also in those that do not name its page. */
  cardPaymentId?: string;
  /** Comes back in every event of this payment: in the session's reference and in the payment's metadata. */
  orderId: string;
  amountCents: Cents;
  currency: Currency;
  /** May hold `{CHECKOUT_SESSION_ID}`, which is filled in. Coming back here proves nothing: only `findPayment` does. */
  successUrl: string;
  cancelUrl: string;
  idempotencyKey: string;
  /** What the payer reads on the payment page; the order's id when absent. */
  label?: string;
}>;
export type OpenedCheckout = Readonly<{ kind: 'opened'; sessionId: string; url: string }>;

/**
 * `open`: nothing paid yet, it may still come. `processing`: asked for, and not yet there. `paid`: the money is ours,
 * though it may be refunded or disputed later. `failed` and `expired`: it will not come by this session.
 */
export type PaymentState = 'open' | 'processing' | 'paid' | 'failed' | 'expired';
export type FoundPayment = Readonly<{
  kind: 'payment';
  sessionId: string;
  orderId: string | undefined;
  state: PaymentState;
  amountCents: Cents;
  /** As Stripe says it, in capitals: the caller compares it with what it asked for. */
  currency: string;
  /** False for play money: an order is never funded by it in production. */
  livemode: boolean;
  paymentId: string | undefined;
  receivedCents: Cents;
  /** Of a bank transfer: what has come for it so far. No part of it is ours before all of it is there. */
  announcedCents: Cents;
  /** Where the payer of a bank transfer reads to which account to send what is missing. */
  instructionsUrl: string | undefined;
  refundedCents: Cents;
  disputed: boolean;
  /** What Stripe kept; undefined until the charge is in its balance. A refund does not bring it back. */
  feeCents: Cents | undefined;
  declineCode: string | undefined;
}>;

export type RefundRequest = Readonly<{ paymentId: string; amountCents: Cents; refundId: string; idempotencyKey: string }>;
export type StartedRefund = Readonly<{
  kind: 'refund'; stripeRefundId: string; state: 'pending' | 'succeeded' | 'failed'; amountCents: Cents;
}>;

/** Ours, by the id that we gave it; undefined where Stripe never heard of it. */
export type RefundQuestion = Readonly<{ paymentId: string; refundId: string }>;
export type CustomerRequest = Readonly<{ payerId: string; name: string; idempotencyKey: string }>;
/** Newest first. `next` is where the page after it begins; undefined at the oldest. `unread`: events that we cannot read. */
export type EventPage = Readonly<{ events: readonly StripeEvent[]; unread: number; next: string | undefined }>;

export type CheckoutRefusal = Rejected<'card_declined' | 'amount_not_chargeable' | 'idempotency_key_reused'>;
export type FindRefusal = Rejected<'payment_not_found'>;
export type RefundRefusal = Rejected<
  'payment_not_found' | 'payment_already_refunded' | 'payment_disputed' | 'refund_too_large' | 'idempotency_key_reused'>;

/**
 * We do not know what happened, or our own request was wrong. `retryable`: ask again with the same idempotency key,
 * which cannot pay twice. Carries no body, no header and no key: it may be logged.
 */
export class CardPaymentFault extends Error {
  override name = 'CardPaymentFault';
  constructor(message: string, readonly retryable: boolean, readonly requestId: string | undefined) {
    super(message);
  }
}

/** An abstract class, so that it can be asked for by name where things are injected. */
export abstract class CardPayments {
  abstract openCheckout(request: CheckoutRequest): Promise<OpenedCheckout | CheckoutRefusal>;
  abstract findPayment(sessionId: string): Promise<FoundPayment | FindRefusal>;
  abstract refund(request: RefundRequest): Promise<StartedRefund | RefundRefusal>;
  /** Ask before a refund is asked for anew: after a day Stripe has forgotten the key, and would pay a second time. */
  abstract findRefund(question: RefundQuestion): Promise<StartedRefund | undefined>;
  /** The id of the customer. */
  abstract openCustomer(request: CustomerRequest): Promise<string>;
  /** What Stripe told or wanted to tell since then, of these types; it keeps events for 30 days. */
  abstract events(since: Date, types: readonly string[], after?: string): Promise<EventPage>;
}
