// Refunds of the fake: at once as a rule, days later or never on request.
import { newId, type FakeBooks } from './fake-books.js';
import { invalid, type FakeRefund } from './fake-objects.js';
import { textAt, textsUnder, wholeNumber, type Form } from './form-body.js';

export class FakeRefunds {
  /** What becomes of refunds from now on: there at once, or on their way until `finish` or `fail`. */
  mode: 'succeeded' | 'pending' | 'failed' = 'succeeded';

  constructor(private readonly books: FakeBooks) {}

  make(form: Form): FakeRefund {
    const intent = this.books.find('payment_intent', textAt(form, 'payment_intent') ?? '');
    const charge = intent.latest_charge === null ? undefined : this.books.find('charge', intent.latest_charge);
    if (!charge) throw invalid('This PaymentIntent does not have a successful charge to refund.', { code: 'payment_intent_unexpected_state' });
    if (charge.disputed) throw invalid(`Charge ${charge.id} has been charged back.`, { code: 'charge_disputed' });
    const left = charge.amount - charge.amount_refunded;
    const amount = wholeNumber(textAt(form, 'amount') ?? String(left), 'amount');
    if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    if (amount > left) throw invalid('Refund amount is greater than unrefunded amount on charge.', { param: 'amount' });
    const refund = this.books.keep<FakeRefund>({
      id: newId('re'), object: 'refund', ...this.books.born(), amount, currency: charge.currency, charge: charge.id, payment_intent: intent.id,
      metadata: textsUnder(form, 'metadata'), status: this.mode, balance_transaction: null, failure_balance_transaction: null,
      failure_reason: this.mode === 'failed' ? 'expired_or_canceled_card' : null,
    });
    this.books.tell('refund.created', refund);
    if (this.mode !== 'failed') {
      charge.amount_refunded += amount;
      charge.refunded = charge.amount_refunded === charge.amount;
    }
    if (this.mode === 'succeeded') this.take(refund);
    return refund;
  }

  /** A refund that was pending is sent. */
  finish(refundId: string): void {
    const refund = this.books.find('refund', refundId);
    if (refund.status !== 'pending') throw invalid(`This refund is ${refund.status}.`);
    refund.status = 'succeeded';
    this.books.tell('refund.updated', refund);
    this.take(refund);
  }

  /** The payer's bank sends it back, or it never left: what was taken from the balance is there again. */
  fail(refundId: string): void {
    const refund = this.books.find('refund', refundId);
    const charge = this.books.find('charge', refund.charge);
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
    if (refund.balance_transaction !== null) {
      const { amount, currency, id: source } = refund;
      refund.failure_balance_transaction = this.books.move({
        amount, fee: 0, currency, type: 'refund_failure', reporting_category: 'refund_failure', source,
      }).id;
    }
    Object.assign(refund, { status: 'failed', failure_reason: 'expired_or_canceled_card' });
    this.books.tell('refund.failed', refund);
  }

  /** Of one payment, newest first. */
  of(paymentId: string): FakeRefund[] {
    return this.books.all('refund').filter(({ payment_intent: payment }) => payment === paymentId).reverse();
  }

  private take(refund: FakeRefund): void {
    const { amount, currency, id: source } = refund;
    const charge = this.books.find('charge', refund.charge);
    refund.balance_transaction = this.books.move({
      amount: -amount, fee: 0, currency, type: charge.payment_method_details.type === 'card' ? 'refund' : 'payment_refund',
      reporting_category: 'refund', source,
    }).id;
    this.books.tell('charge.refunded', charge);
  }
}
