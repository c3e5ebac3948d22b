// Disputes of the fake, and debits that a bank takes back weeks later, which Stripe tells as a dispute that nobody can win.
import { newId, type FakeBooks } from './fake-books.js';
import { invalid, type FakeCharge, type FakeDispute } from './fake-objects.js';

/** What Stripe asks for a dispute. Where it is won, the money comes back and this does not. */
export const FAKE_DISPUTE_FEE_CENTS = 2_000;

export class FakeDisputes {
  constructor(private readonly books: FakeBooks) {}

  /** The cardholder says that it never agreed: the money is gone at once. */
  open(paymentId: string, { amount, reason = 'fraudulent' }: { amount?: number; reason?: string } = {}): FakeDispute {
    const charge = this.chargeOf(paymentId);
    const dispute = this.born(charge, amount ?? charge.amount - charge.amount_refunded, reason, 'needs_response');
    this.withdraw(dispute, charge);
    return dispute;
  }

  /** The bank only asks: no money moves. */
  inquire(paymentId: string): FakeDispute {
    const charge = this.chargeOf(paymentId);
    return this.born(charge, charge.amount, 'general', 'warning_needs_response');
  }

  /** A debit comes back after it was paid: a dispute that is lost from the start. */
  failLate(paymentId: string, reason = 'insufficient_funds'): FakeDispute {
    const dispute = this.open(paymentId, { reason });
    return this.close(dispute.id, 'lost');
  }

  close(disputeId: string, status: 'won' | 'lost' | 'warning_closed'): FakeDispute {
    const dispute = this.books.find('dispute', disputeId);
    if (['won', 'lost', 'warning_closed'].includes(dispute.status)) throw invalid(`This dispute is ${dispute.status}.`);
    dispute.status = status;
    if (status === 'won') {
      const { amount, currency, id: source } = dispute;
      dispute.balance_transactions.push(
        this.books.move({ amount, fee: 0, currency, type: 'adjustment', reporting_category: 'dispute_reversal', source }));
      this.books.tell('charge.dispute.funds_reinstated', dispute);
    }
    this.books.tell('charge.dispute.closed', dispute);
    return dispute;
  }

  /** The bank takes the money a second time, after it was given again or beside that. */
  withdrawAgain({ id, payment_intent: paymentId }: FakeDispute): void {
    this.withdraw(this.books.find('dispute', id), this.chargeOf(paymentId));
  }

  private withdraw(dispute: FakeDispute, charge: FakeCharge): void {
    const { amount, currency, id: source } = dispute;
    dispute.balance_transactions.push(this.books.move({
      amount: -amount, fee: FAKE_DISPUTE_FEE_CENTS, currency, type: 'adjustment', reporting_category: 'dispute', source,
    }));
    charge.disputed = true;
    this.books.tell('charge.dispute.funds_withdrawn', dispute);
  }

  private born({ id: charge, currency, payment_intent }: FakeCharge, amount: number, reason: string, status: FakeDispute['status']): FakeDispute {
    const dispute = this.books.keep<FakeDispute>({
      id: newId('dp'), object: 'dispute', ...this.books.born(), amount, currency, charge, payment_intent, reason, status, metadata: {},
      is_charge_refundable: status === 'warning_needs_response', balance_transactions: [],
    });
    this.books.tell('charge.dispute.created', dispute);
    return dispute;
  }

  private chargeOf(paymentId: string): FakeCharge {
    const { latest_charge: charge } = this.books.find('payment_intent', paymentId);
    if (charge === null) throw invalid('This payment has no charge.');
    return this.books.find('charge', charge);
  }
}
