// Payments of the fake that take days. The page is complete as soon as the payer has promised; the money comes later, in
// parts (a transfer) or not at all (a debit).
import type { FakeBooks } from './fake-books.js';
import { invalid, type FakeCharge, type FakeIntent, type FakeSession } from './fake-objects.js';

/** What it needs of the account that it is a part of. */
type Account = FakeBooks & Readonly<{
  openOne(sessionId: string): FakeSession; intentOf(session: FakeSession): FakeIntent; succeed(intent: FakeIntent): FakeCharge;
}>;

export class FakeDelayed {
  constructor(private readonly account: Account) {}

  /** The payer signs the mandate, or asks for the account to transfer to. */
  promise(sessionId: string): FakeSession {
    const session = this.account.openOne(sessionId);
    const intent = this.account.intentOf(session);
    const isDebit = session.payment_method_types[0] === 'sepa_debit';
    if (session.payment_method_types[0] === 'card') throw invalid('A card is charged at once.');
    Object.assign(session, { status: 'complete', url: null });
    if (isDebit) {
      intent.status = 'processing';
      this.account.tell('payment_intent.processing', intent);
    } else {
      Object.assign(intent, { status: 'requires_action', next_action: instructions(intent, intent.amount) });
      this.account.tell('payment_intent.requires_action', intent);
    }
    this.account.tell('checkout.session.completed', session);
    return session;
  }

  /** Money reaches the customer's account at Stripe; once there is enough of it, it is the payment's. */
  transfer(sessionId: string, amount: number): void {
    const { session, intent } = this.of(sessionId);
    if (intent.status !== 'requires_action') throw invalid(`This PaymentIntent is ${intent.status}.`);
    const { available } = this.account.find('customer', intent.customer!).cash_balance;
    available.eur += amount;
    const remaining = Math.max(0, intent.amount - available.eur);
    intent.next_action = instructions(intent, remaining);
    this.account.tell('payment_intent.partially_funded', intent);
    if (remaining > 0) return;
    available.eur -= intent.amount;
    this.paid(session, intent);
  }

  /** The bank has paid the debit; it may still take it back. */
  collect(sessionId: string): void {
    const { session, intent } = this.of(sessionId);
    if (intent.status !== 'processing') throw invalid(`This PaymentIntent is ${intent.status}.`);
    this.paid(session, intent);
  }

  /** The bank refuses the debit before it was ever paid. */
  fail(sessionId: string, code = 'insufficient_funds'): void {
    const { session, intent } = this.of(sessionId);
    if (intent.status !== 'processing') throw invalid(`This PaymentIntent is ${intent.status}.`);
    Object.assign(intent, {
      status: 'requires_payment_method', last_payment_error: { type: 'invalid_request_error', code, message: 'The debit failed.' },
    });
    this.account.tell('payment_intent.payment_failed', intent);
    this.account.tell('checkout.session.async_payment_failed', session);
  }

  private paid(session: FakeSession, intent: FakeIntent): void {
    this.account.succeed(intent);
    session.payment_status = 'paid';
    this.account.tell('checkout.session.async_payment_succeeded', session);
  }

  private of(sessionId: string): { session: FakeSession; intent: FakeIntent } {
    const session = this.account.find('checkout.session', sessionId);
    return { session, intent: this.account.find('payment_intent', session.payment_intent ?? '') };
  }
}

const instructions = ({ id, currency }: FakeIntent, remaining: number): FakeIntent['next_action'] => ({
  type: 'display_bank_transfer_instructions',
  display_bank_transfer_instructions: {
    amount_remaining: remaining, currency, hosted_instructions_url: `https://payments.example/instructions/${id}`,
    reference: id.slice(-12).toUpperCase(), type: 'eu_bank_transfer',
  },
});
