// The bodies that the fake answers with: the fields of Stripe's objects that this project reads, and few more.

type Base = { id: string; created: number; livemode: false };
type Metadata = Record<string, string>;

export type FakeSession = Base & {
  object: 'checkout.session'; mode: 'payment'; status: 'open' | 'complete' | 'expired'; payment_status: 'paid' | 'unpaid';
  amount_total: number; currency: string; client_reference_id: string | null; metadata: Metadata; payment_intent: string | null;
  success_url: string; cancel_url: string | null; url: string | null;
};
export type FakeIntent = Base & {
  object: 'payment_intent'; status: 'requires_payment_method' | 'succeeded'; amount: number; amount_received: number; currency: string;
  metadata: Metadata; latest_charge: string | null;
  last_payment_error: { type: 'card_error'; code: string; decline_code: string; message: string } | null;
};
export type FakeCharge = Base & {
  object: 'charge'; amount: number; amount_captured: number; amount_refunded: number; refunded: boolean; disputed: boolean; paid: true;
  currency: string; metadata: Metadata; payment_intent: string; balance_transaction: string; status: 'succeeded';
};
export type FakeRefund = Base & {
  object: 'refund'; amount: number; currency: string; charge: string; payment_intent: string; metadata: Metadata; status: 'succeeded';
  balance_transaction: string;
};
/** What moved in Stripe's balance: `net = amount - fee`; a refund is negative and brings no fee back. */
export type FakeBalanceTransaction = Omit<Base, 'livemode'> & {
  object: 'balance_transaction'; amount: number; fee: number; net: number; currency: string; type: 'charge' | 'refund' | 'payout';
  source: string; reporting_category: 'charge' | 'refund' | 'payout'; status: 'pending' | 'available';
};
/** Money on its way from Stripe's balance to a bank account. It can be traced only once the bank has it. */
export type FakePayout = Base & {
  object: 'payout'; amount: number; currency: string; arrival_date: number; automatic: true; balance_transaction: string;
  description: string; destination: string; method: 'standard'; source_type: 'card'; type: 'bank_account'; metadata: Metadata;
  failure_balance_transaction: null; failure_code: null; statement_descriptor: string | null; status: 'in_transit' | 'paid';
  trace_id: { status: 'pending' | 'supported'; value: string | null };
};
export type FakeObject = FakeSession | FakeIntent | FakeCharge | FakeRefund | FakeBalanceTransaction | FakePayout;

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
