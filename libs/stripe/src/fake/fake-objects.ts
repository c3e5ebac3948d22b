// The bodies that the fake answers with: the fields of Stripe's objects that this project reads, and few more.

type Base = { id: string; created: number; livemode: false };
type Metadata = Record<string, string>;

export type FakeMethod = 'card' | 'customer_balance' | 'sepa_debit';
export type FakeCustomer = Base & {
  object: 'customer'; name: string | null; metadata: Metadata;
  /** Money that came for its payments and is in none of them yet: in nobody's balance but this one. */
  cash_balance: { available: { eur: number } };
};
export type FakeSession = Base & {
  object: 'checkout.session'; mode: 'payment'; payment_method_types: FakeMethod[]; customer: string | null; status: 'open' | 'complete' | 'expired'; payment_status: 'paid' | 'unpaid';
  amount_total: number; currency: string; client_reference_id: string | null; metadata: Metadata; payment_intent: string | null;
  success_url: string; cancel_url: string | null; url: string | null;
};
export type FakeIntent = Base & {
  object: 'payment_intent'; status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  amount: number; amount_received: number; currency: string; metadata: Metadata; latest_charge: string | null; customer: string | null;
  payment_method_types: FakeMethod[];
  next_action: null | {
    type: 'display_bank_transfer_instructions';
    display_bank_transfer_instructions: {
      amount_remaining: number; currency: string; hosted_instructions_url: string; reference: string; type: 'eu_bank_transfer';
    };
  };
  last_payment_error: { type: 'card_error' | 'invalid_request_error'; code: string; decline_code?: string; message: string } | null;
};
export type FakeCharge = Base & {
  object: 'charge'; amount: number; amount_captured: number; amount_refunded: number; refunded: boolean; disputed: boolean; paid: true;
  currency: string; metadata: Metadata; payment_intent: string; balance_transaction: string; status: 'succeeded';
  payment_method_details: { type: FakeMethod };
};
export type FakeRefund = Base & {
  object: 'refund'; amount: number; currency: string; charge: string; payment_intent: string; metadata: Metadata; status: 'pending' | 'succeeded' | 'failed';
  balance_transaction: string | null; failure_balance_transaction: string | null; failure_reason: string | null;
};
export type FakeDispute = Base & {
  object: 'dispute'; amount: number; currency: string; charge: string; payment_intent: string; reason: string; metadata: Metadata;
  status: 'warning_needs_response' | 'warning_closed' | 'needs_response' | 'under_review' | 'won' | 'lost'; is_charge_refundable: boolean;
  balance_transactions: FakeBalanceTransaction[];
};
export type FakeCategory =
  | 'charge' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal' | 'charge_failure' | 'payout' | 'transfer' | 'transfer_reversal';
/** What moved in Stripe's balance: `net = amount - fee`; a refund is negative and brings no fee back. */
export type FakeBalanceTransaction = Omit<Base, 'livemode'> & {
  object: 'balance_transaction'; amount: number; fee: number; net: number; currency: string; source: string;
  /** As Stripe types it: a payment that is no card's is a `payment`, and whatever corrects something an `adjustment`. */
  type: 'charge' | 'payment' | 'refund' | 'payment_refund' | 'payment_failure_refund' | 'refund_failure' | 'adjustment' | 'payout' | 'transfer' | 'transfer_refund';
  reporting_category: FakeCategory; status: 'pending' | 'available'; available_on: number;
};
/** The Stripe account of somebody else, connected to ours. */
export type FakeConnectedAccount = Base & {
  object: 'account'; type: 'express'; country: string; default_currency: 'eur'; charges_enabled: boolean; payouts_enabled: boolean;
  details_submitted: true; metadata: Metadata; business_profile: { name: string | null };
  capabilities: { transfers: 'active' | 'inactive' | 'pending' };
};
export type FakeTransfer = Base & {
  object: 'transfer'; amount: number; amount_reversed: number; reversed: boolean; currency: string; destination: string; description: string | null;
  metadata: Metadata; transfer_group: string | null; balance_transaction: string; source_type: 'card'; source_transaction: null;
  reversals: { object: 'list'; data: FakeTransferReversal[]; has_more: false; url: string };
};
export type FakeTransferReversal = Base & {
  object: 'transfer_reversal'; amount: number; currency: string; transfer: string; balance_transaction: string | null; metadata: Metadata;
};
/** Money on its way from Stripe's balance to a bank account. It can be traced only once the bank has it. */
export type FakePayout = Base & {
  object: 'payout'; amount: number; currency: string; arrival_date: number; automatic: true; balance_transaction: string;
  description: string; destination: string; method: 'standard'; source_type: 'card'; type: 'bank_account'; metadata: Metadata;
  failure_balance_transaction: null; failure_code: null; statement_descriptor: string | null; status: 'in_transit' | 'paid';
  trace_id: { status: 'pending' | 'supported'; value: string | null };
};
export type FakeObject =
  FakeCustomer | FakeSession | FakeIntent | FakeCharge | FakeRefund | FakeDispute | FakeBalanceTransaction | FakePayout
  | FakeConnectedAccount | FakeTransfer | FakeTransferReversal;

export type FakeEvent = {
  id: string; object: 'event'; api_version: string; created: number; livemode: false; pending_webhooks: 1; type: string;
  data: { object: FakeObject };
};

export class FakeRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: Readonly<{ type: string; code?: string; param?: string; message: string }>,
  ) {
    super(body.message);
  }
}

export const invalid = (message: string, more: { code?: string; param?: string } = {}) =>
  new FakeRefusal(400, { type: 'invalid_request_error', message, ...more });
export const missing = (id: string) =>
  new FakeRefusal(404, { type: 'invalid_request_error', code: 'resource_missing', param: 'id', message: `No such object: '${id}'` });
/** Stripe tells nobody whether an account of others exists. */
export const hidden = (id: string) => new FakeRefusal(403, {
  type: 'invalid_request_error', code: 'account_invalid',
  message: `The provided key does not have access to account '${id}' (or that account does not exist).`,
});
