// The account behind the fake: what would be Stripe's database, in memory. It knows objects, money and events, and
// nothing of HTTP. Amounts are Stripe's integers here, since these are Stripe's bodies.
import { cents, rateOf, toWire } from '#libs/kernel';
import { FakeBooks, newId } from './fake-books.js';
import { FakeConnect } from './fake-connect.js';
import { FakeDelayed } from './fake-delayed.js';
import { FakeDisputes } from './fake-disputes.js';
import {
  invalid, type FakeCharge, type FakeCustomer, type FakeIntent, type FakeMethod, type FakePayout, type FakeSession,
} from './fake-objects.js';
import { FakeRefunds } from './fake-refunds.js';
import { textAt, textsUnder, wholeNumber, type Form } from './form-body.js';

/** The fee of a European card: 1.5 % and 25 cents. */
export const FAKE_FEE = { rateBasisPoints: 150, fixedCents: 25 } as const;
/** A debit and a transfer cost so much, whatever they bring. */
export const FAKE_FIXED_FEE_CENTS = 35;
const METHODS: readonly string[] = ['card', 'customer_balance', 'sepa_debit'] satisfies FakeMethod[];

export class FakeAccount extends FakeBooks {
  /** What a session's payment is to be marked with once it exists. */
  private readonly paymentMetadata = new Map<string, Record<string, string>>();
  /** Payments that take days: bank transfers and direct debits. */
  readonly delayed = new FakeDelayed(this);
  readonly disputes = new FakeDisputes(this);
  readonly refunds = new FakeRefunds(this);
  /** Stripe accounts of others, and what is sent to them. */
  readonly connect = new FakeConnect(this);

  openCustomer(form: Form): FakeCustomer {
    return this.keep<FakeCustomer>({
      id: newId('cus'), object: 'customer', ...this.born(), name: textAt(form, 'name') ?? null, metadata: textsUnder(form, 'metadata'),
      cash_balance: { available: { eur: 0 } },
    });
  }

  openSession(form: Form, baseUrl: string): FakeSession {
    if (textAt(form, 'mode') !== 'payment') throw invalid('The fake knows the mode `payment` only.', { param: 'mode' });
    const successUrl = textAt(form, 'success_url');
    if (!successUrl) throw invalid('Missing required param: success_url.', { code: 'parameter_missing', param: 'success_url' });
    const price = (name: string) => textAt(form, `line_items[0][price_data][${name}]`) ?? '';
    const amount = wholeNumber(price('unit_amount'), 'line_items[0][price_data][unit_amount]');
    const currency = price('currency');
    if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}`, { param: 'line_items[0][price_data][currency]' });
    if (amount < 50) throw invalid('The total amount due must add up to at least 50 cents.', { code: 'amount_too_small' });
    const [method, customer] = [methodOf(form), textAt(form, 'customer') ?? null];
    if (customer !== null) this.find('customer', customer);
    const id = newId('cs_test');
    this.paymentMetadata.set(id, textsUnder(form, 'payment_intent_data[metadata]'));
    return this.keep<FakeSession>({
      id, object: 'checkout.session', ...this.born(), mode: 'payment', status: 'open', payment_status: 'unpaid', amount_total: amount, currency,
      payment_method_types: [method], customer,
      client_reference_id: textAt(form, 'client_reference_id') ?? null, metadata: textsUnder(form, 'metadata'), payment_intent: null,
      success_url: successUrl, cancel_url: textAt(form, 'cancel_url') ?? null, url: `${baseUrl}/c/pay/${id}`,
    });
  }

  /** The payer pays by card: payment, charge and balance transaction come into being together. */
  pay(sessionId: string): FakeSession {
    const session = this.openOne(sessionId);
    if (session.payment_method_types[0] !== 'card') throw invalid('This session takes no card.');
    const intent = this.intentOf(session);
    this.succeed(intent);
    Object.assign(session, { status: 'complete', payment_status: 'paid', url: null });
    this.tell('checkout.session.completed', session);
    return session;
  }

  /** The money of a payment is in the balance. */
  succeed(intent: FakeIntent): FakeCharge {
    const method = intent.payment_method_types[0]!;
    const chargeId = newId(method === 'card' ? 'ch' : 'py');
    const fee = method === 'card' ? toWire(rateOf(cents(intent.amount), FAKE_FEE.rateBasisPoints)) + FAKE_FEE.fixedCents : FAKE_FIXED_FEE_CENTS;
    const { id: balanceId } = this.move({
      amount: intent.amount, fee, currency: intent.currency, type: method === 'card' ? 'charge' : 'payment', reporting_category: 'charge',
      source: chargeId,
    });
    const charge = this.keep<FakeCharge>({
      id: chargeId, object: 'charge', ...this.born(), amount: intent.amount, amount_captured: intent.amount, amount_refunded: 0,
      refunded: false, disputed: false, paid: true, currency: intent.currency, metadata: intent.metadata, payment_intent: intent.id,
      balance_transaction: balanceId, status: 'succeeded', payment_method_details: { type: method },
    });
    Object.assign(intent, {
      status: 'succeeded', amount_received: intent.amount, latest_charge: chargeId, last_payment_error: null, next_action: null,
    });
    this.tell('charge.succeeded', charge);
    this.tell('payment_intent.succeeded', intent);
    return charge;
  }

  /** The payer's bank says no: the session stays open, and another card may be tried. */
  decline(sessionId: string, declineCode = 'generic_decline'): FakeSession {
    const session = this.openOne(sessionId);
    const intent = this.intentOf(session);
    intent.last_payment_error = { type: 'card_error', code: 'card_declined', decline_code: declineCode, message: 'Your card was declined.' };
    this.tell('payment_intent.payment_failed', intent);
    return session;
  }

  expire(sessionId: string): FakeSession {
    const session = this.openOne(sessionId);
    Object.assign(session, { status: 'expired', url: null });
    this.tell('checkout.session.expired', session);
    return session;
  }

  /**
   * Sends all that is in the balance to the bank, as Stripe does by itself every few days. `arrivesOn` is a day;
   * `descriptor` is what the bank is to write on its statement.
   */
  payOut({ arrivesOn, descriptor = null }: { arrivesOn?: string; descriptor?: string | null } = {}): FakePayout {
    const all = this.all('balance_transaction');
    const amount = all.reduce((total, { net }) => total + net, 0);
    if (amount <= 0) throw invalid('You have insufficient funds in your Stripe account for this transfer.', { code: 'balance_insufficient' });
    for (const one of all) one.status = 'available';
    const id = newId('po');
    const { id: balanceId } = this.move({
      amount: -amount, fee: 0, currency: all[0]!.currency, type: 'payout', reporting_category: 'payout', source: id,
    });
    const arrival = arrivesOn === undefined ? this.seconds() : Date.parse(`${arrivesOn}T00:00:00Z`) / 1000;
    const payout = this.keep<FakePayout>({
      id, object: 'payout', ...this.born(), amount, currency: all[0]!.currency, arrival_date: arrival, automatic: true,
      balance_transaction: balanceId, description: 'STRIPE PAYOUT', destination: newId('ba'), method: 'standard', source_type: 'card',
      type: 'bank_account', metadata: {}, failure_balance_transaction: null, failure_code: null, statement_descriptor: descriptor,
      status: 'in_transit', trace_id: { status: 'pending', value: null },
    });
    this.tell('payout.created', payout);
    return payout;
  }

  /** The bank has taken it. From here on the bank's own reference of it is known. */
  payoutPaid(id: string): FakePayout {
    const payout = this.find('payout', id);
    Object.assign(payout, { status: 'paid', trace_id: { status: 'supported', value: `FAKE${id.slice(3, 15).toUpperCase()}` } });
    this.tell('payout.paid', payout);
    return payout;
  }

  openOne(sessionId: string): FakeSession {
    const session = this.find('checkout.session', sessionId);
    if (session.status !== 'open') throw invalid(`This Checkout Session is ${session.status}.`);
    return session;
  }

  /** Stripe makes the payment at the first attempt to pay, and keeps it for the next. */
  intentOf(session: FakeSession): FakeIntent {
    if (session.payment_intent !== null) return this.find('payment_intent', session.payment_intent);
    const intent = this.keep<FakeIntent>({
      id: newId('pi'), object: 'payment_intent', ...this.born(), status: 'requires_payment_method', amount: session.amount_total, amount_received: 0,
      currency: session.currency, metadata: this.paymentMetadata.get(session.id) ?? {}, latest_charge: null, last_payment_error: null,
      customer: session.customer, payment_method_types: session.payment_method_types, next_action: null,
    });
    session.payment_intent = intent.id;
    return intent;
  }
}

/** One way of paying per session, as this project asks; a transfer needs a customer and the European instructions. */
function methodOf(form: Form): FakeMethod {
  const method = textAt(form, 'payment_method_types[0]') ?? 'card';
  if (!METHODS.includes(method)) throw invalid(`Invalid payment_method_types: ${method}`, { param: 'payment_method_types[0]' });
  if (method !== 'customer_balance') return method as FakeMethod;
  const option = (name: string) => textAt(form, `payment_method_options[customer_balance]${name}`);
  if (!textAt(form, 'customer')) throw invalid('`customer` is needed for `customer_balance`.', { code: 'parameter_missing', param: 'customer' });
  const isEuropean = option('[funding_type]') === 'bank_transfer' && option('[bank_transfer][type]') === 'eu_bank_transfer'
    && /^(BE|DE|ES|FR|IE|NL)$/.test(option('[bank_transfer][eu_bank_transfer][country]') ?? '');
  if (!isEuropean) throw invalid('Invalid bank transfer options.', { param: 'payment_method_options[customer_balance]' });
  return 'customer_balance';
}
