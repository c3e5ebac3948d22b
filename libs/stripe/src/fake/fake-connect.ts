// Stripe Connect of the fake: accounts of others, transfers to them, and transfers that come back. No account is opened at Stripe.
import { newId, type FakeBooks, type Page } from './fake-books.js';
import { hidden, invalid, type FakeConnectedAccount, type FakeTransfer, type FakeTransferReversal } from './fake-objects.js';
import { textAt, textsUnder, wholeNumber, type Form } from './form-body.js';

type Wanted = Readonly<{ group: string | undefined; destination: string | undefined }>;

export class FakeConnect {
  constructor(private readonly books: FakeBooks) {}

  /** Somebody opened an account at Stripe and connected it to ours. */
  open({ country = 'FR', businessName = null as string | null } = {}): FakeConnectedAccount {
    return this.books.keep<FakeConnectedAccount>({
      id: newId('acct'), object: 'account', ...this.books.born(), type: 'express', country, default_currency: 'eur', charges_enabled: false,
      payouts_enabled: true, details_submitted: true, metadata: {}, business_profile: { name: businessName }, capabilities: { transfers: 'active' },
    });
  }

  /** Stripe wants papers of it first, or suspects it of something. */
  disable(accountId: string): void {
    Object.assign(this.find(accountId), { payouts_enabled: false, capabilities: { transfers: 'inactive' } });
  }

  find(accountId: string): FakeConnectedAccount {
    const account = this.books.peek(accountId);
    if (account?.object !== 'account') throw hidden(accountId);
    return account;
  }

  send(form: Form): FakeTransfer {
    const destination = textAt(form, 'destination') ?? '';
    const amount = wholeNumber(textAt(form, 'amount') ?? '', 'amount');
    const currency = textAt(form, 'currency') ?? '';
    if (currency !== 'eur') throw invalid(`Invalid currency: ${currency}`, { param: 'currency' });
    const account = this.books.peek(destination);
    if (account?.object !== 'account') throw invalid(`No such destination: '${destination}'`, { code: 'resource_missing', param: 'destination' });
    if (account.capabilities.transfers !== 'active') {
      throw invalid('Your destination account needs to have at least one of the following capabilities enabled: transfers.',
        { code: 'insufficient_capabilities_for_transfer' });
    }
    if (amount > this.books.available()) {
      throw invalid('You have insufficient available funds in your Stripe account.', { code: 'balance_insufficient' });
    }
    const id = newId('tr');
    const { id: lineId } = this.books.move({ amount: -amount, fee: 0, currency, type: 'transfer', reporting_category: 'transfer', source: id });
    const transfer = this.books.keep<FakeTransfer>({
      id, object: 'transfer', ...this.books.born(), amount, amount_reversed: 0, reversed: false, currency, destination,
      description: textAt(form, 'description') ?? null, metadata: textsUnder(form, 'metadata'), transfer_group: textAt(form, 'transfer_group') ?? null,
      balance_transaction: lineId, source_type: 'card', source_transaction: null,
      reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    });
    this.books.tell('transfer.created', transfer);
    return transfer;
  }

  /** Taken back in Stripe's dashboard, or by Stripe: the money is in our balance again. */
  reverse(transferId: string, amount?: number): FakeTransferReversal {
    const transfer = this.books.find('transfer', transferId);
    const taken = amount ?? transfer.amount - transfer.amount_reversed;
    if (taken <= 0 || taken > transfer.amount - transfer.amount_reversed) throw invalid('This transfer has not so much left.', { param: 'amount' });
    const { currency } = transfer;
    const id = newId('trr');
    const { id: lineId } = this.books.move({ amount: taken, fee: 0, currency, type: 'transfer_refund', reporting_category: 'transfer_reversal', source: id });
    const reversal = this.books.keep<FakeTransferReversal>({
      id, object: 'transfer_reversal', ...this.books.born(), amount: taken, currency, transfer: transferId, balance_transaction: lineId, metadata: {},
    });
    transfer.amount_reversed += taken;
    transfer.reversed = transfer.amount_reversed === transfer.amount;
    transfer.reversals.data.push(reversal);
    this.books.tell('transfer.reversed', transfer);
    return reversal;
  }

  /** Newest first. */
  list({ group, destination }: Wanted, limit: number, after: string | undefined): Page<FakeTransfer> {
    const all = this.books.all('transfer').reverse().filter((one) =>
      (group === undefined || one.transfer_group === group) && (destination === undefined || one.destination === destination));
    const first = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    return { data: all.slice(first, first + limit), has_more: all.length > first + limit };
  }
}
