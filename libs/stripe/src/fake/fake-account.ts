// The account behind the fake: what would be Stripe's database, in memory. It knows objects, money and events, and
// nothing of HTTP. Amounts are Stripe's integers here, since these are Stripe's bodies.
import { randomBytes } from 'node:crypto';
import { cents, rateOf, toWire } from '#libs/kernel';
import { STRIPE_API_VERSION } from '../create-stripe.js';
import {
  invalid, missing,
  type FakeBalanceTransaction, type FakeCharge, type FakeEvent, type FakeIntent, type FakeObject, type FakePayout, type FakeRefund,
  type FakeSession,
} from './fake-objects.js';
import { textAt, textsUnder, type Form } from './form-body.js';

/** The fee of a European card: 1.5 % and 25 cents. */
export const FAKE_FEE = { rateBasisPoints: 150, fixedCents: 25 } as const;

export class FakeAccount {
  private readonly objects = new Map<string, FakeObject>();
  /** What a session's payment is to be marked with once it exists. */
  private readonly paymentMetadata = new Map<string, Record<string, string>>();
  /** In the order in which things happened. */
  readonly events: FakeEvent[] = [];

  constructor(private readonly now: () => Date) {}

  openSession(form: Form, baseUrl: string): FakeSession {
    if (textAt(form, 'mode') !== 'payment') throw invalid('The fake knows the mode `payment` only.', { param: 'mode' });
    const successUrl = textAt(form, 'success_url');
    if (!successUrl) throw invalid('Missing required param: success_url.', { code: 'parameter_missing', param: 'success_url' });
    const price = (name: string) => textAt(form, `line_items[0][price_data][${name}]`) ?? '';
    const amount = wholeNumber(price('unit_amount'), 'line_items[0][price_data][unit_amount]');
    const currency = price('currency');
    if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}`, { param: 'line_items[0][price_data][currency]' });
    if (amount < 50) throw invalid('The total amount due must add up to at least 50 cents.', { code: 'amount_too_small' });
    const id = newId('cs_test');
    this.paymentMetadata.set(id, textsUnder(form, 'payment_intent_data[metadata]'));
    return this.keep<FakeSession>({
      id, object: 'checkout.session', ...this.born(), mode: 'payment', status: 'open', payment_status: 'unpaid', amount_total: amount, currency,
      client_reference_id: textAt(form, 'client_reference_id') ?? null, metadata: textsUnder(form, 'metadata'), payment_intent: null,
      success_url: successUrl, cancel_url: textAt(form, 'cancel_url') ?? null, url: `${baseUrl}/c/pay/${id}`,
    });
  }

  /** The payer pays: payment, charge and balance transaction come into being together. */
  pay(sessionId: string): FakeSession {
    const session = this.openOne(sessionId);
    const intent = this.intentOf(session);
    const [chargeId, balanceId] = [newId('ch'), newId('txn')];
    const fee = toWire(rateOf(cents(session.amount_total), FAKE_FEE.rateBasisPoints)) + FAKE_FEE.fixedCents;
    this.keep<FakeBalanceTransaction>({
      id: balanceId, object: 'balance_transaction', created: this.seconds(), amount: session.amount_total, fee, net: session.amount_total - fee,
      currency: session.currency, type: 'charge', reporting_category: 'charge', source: chargeId, status: 'pending',
    });
    const charge = this.keep<FakeCharge>({
      id: chargeId, object: 'charge', ...this.born(), amount: session.amount_total, amount_captured: session.amount_total, amount_refunded: 0,
      refunded: false, disputed: false, paid: true, currency: session.currency, metadata: intent.metadata, payment_intent: intent.id,
      balance_transaction: balanceId, status: 'succeeded',
    });
    Object.assign(intent, { status: 'succeeded', amount_received: session.amount_total, latest_charge: chargeId, last_payment_error: null });
    Object.assign(session, { status: 'complete', payment_status: 'paid', url: null });
    this.tell('charge.succeeded', charge);
    this.tell('payment_intent.succeeded', intent);
    this.tell('checkout.session.completed', session);
    return session;
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

  refund(form: Form): FakeRefund {
    const intent = this.find('payment_intent', textAt(form, 'payment_intent') ?? '');
    const charge = intent.latest_charge === null ? undefined : this.find('charge', intent.latest_charge);
    if (!charge) throw invalid('This PaymentIntent does not have a successful charge to refund.', { code: 'payment_intent_unexpected_state' });
    const left = charge.amount - charge.amount_refunded;
    const amount = wholeNumber(textAt(form, 'amount') ?? String(left), 'amount');
    if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    if (amount > left) throw invalid('Refund amount is greater than unrefunded amount on charge.', { param: 'amount' });
    const [id, balanceId] = [newId('re'), newId('txn')];
    this.keep<FakeBalanceTransaction>({
      id: balanceId, object: 'balance_transaction', created: this.seconds(), amount: -amount, fee: 0, net: -amount, currency: charge.currency,
      type: 'refund', reporting_category: 'refund', source: id, status: 'pending',
    });
    const refund = this.keep<FakeRefund>({
      id, object: 'refund', ...this.born(), amount, currency: charge.currency, charge: charge.id, payment_intent: intent.id,
      metadata: textsUnder(form, 'metadata'), status: 'succeeded', balance_transaction: balanceId,
    });
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
    this.tell('refund.created', refund);
    this.tell('charge.refunded', charge);
    return refund;
  }

  /**
   * Sends all that is in the balance to the bank, as Stripe does by itself every few days. `arrivesOn` is a day;
   * `descriptor` is what the bank is to write on its statement.
   */
  payOut({ arrivesOn, descriptor = null }: { arrivesOn?: string; descriptor?: string | null } = {}): FakePayout {
    const all = this.movements();
    const amount = all.reduce((total, { net }) => total + net, 0);
    if (amount <= 0) throw invalid('You have insufficient funds in your Stripe account for this transfer.', { code: 'balance_insufficient' });
    for (const one of all) one.status = 'available';
    const [id, balanceId] = [newId('po'), newId('txn')];
    this.keep<FakeBalanceTransaction>({
      id: balanceId, object: 'balance_transaction', created: this.seconds(), amount: -amount, fee: 0, net: -amount, currency: all[0]!.currency,
      type: 'payout', reporting_category: 'payout', source: id, status: 'available',
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

  find<Kind extends FakeObject['object']>(kind: Kind, id: string): Extract<FakeObject, { object: Kind }> {
    const object = this.objects.get(id);
    if (object?.object !== kind) throw missing(id);
    return object as Extract<FakeObject, { object: Kind }>;
  }

  /** Whatever bears this id, for `expand`. */
  peek = (id: string): FakeObject | undefined => this.objects.get(id);

  /** Newest first, as Stripe lists; `startingAfter` is the last id of the page before. */
  balanceTransactions(limit: number, startingAfter?: string): { data: FakeBalanceTransaction[]; has_more: boolean } {
    const all = this.movements().reverse();
    const first = startingAfter === undefined ? 0 : all.findIndex(({ id }) => id === startingAfter) + 1;
    if (startingAfter !== undefined && first === 0) throw missing(startingAfter);
    return { data: all.slice(first, first + limit), has_more: all.length > first + limit };
  }

  private movements(): FakeBalanceTransaction[] {
    return [...this.objects.values()].filter((object) => object.object === 'balance_transaction');
  }

  private openOne(sessionId: string): FakeSession {
    const session = this.find('checkout.session', sessionId);
    if (session.status !== 'open') throw invalid(`This Checkout Session is ${session.status}.`);
    return session;
  }

  /** Stripe makes the payment at the first attempt to pay, and keeps it for the next. */
  private intentOf(session: FakeSession): FakeIntent {
    if (session.payment_intent !== null) return this.find('payment_intent', session.payment_intent);
    const intent = this.keep<FakeIntent>({
      id: newId('pi'), object: 'payment_intent', ...this.born(), status: 'requires_payment_method', amount: session.amount_total, amount_received: 0,
      currency: session.currency, metadata: this.paymentMetadata.get(session.id) ?? {}, latest_charge: null, last_payment_error: null,
    });
    session.payment_intent = intent.id;
    return intent;
  }

  private seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  private born(): { created: number; livemode: false } {
    return { created: this.seconds(), livemode: false };
  }

  private keep<T extends FakeObject>(object: T): T {
    this.objects.set(object.id, object);
    return object;
  }

  /** A copy: an event shows the object as it was, also when it is delivered late. */
  private tell(type: string, object: FakeObject): void {
    this.events.push({
      id: newId('evt'), object: 'event', api_version: STRIPE_API_VERSION, created: this.seconds(), livemode: false, pending_webhooks: 1, type,
      data: { object: structuredClone(object) },
    });
  }
}

const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`;

function wholeNumber(text: string, param: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalid(`Invalid positive integer: ${text}`, { code: 'parameter_invalid_integer', param });
  return Number(text);
}
