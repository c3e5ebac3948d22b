import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { decideCredits, invoicePaidPosting, invoiceSetOffPosting, type OpenDocument } from './place-invoice-payment.decision.js';

const uuid = (last: number) => `01900000-0000-7000-8000-0000000000${String(last).padStart(2, '0')}`;
const [one, other] = [idOf('payee', uuid(1)), idOf('payee', uuid(2))];
const document = (last: number, kind: OpenDocument['kind'], left: number, payeeId = one, custodyAccountId = uuid(90)): OpenDocument =>
  ({ id: idOf('placeInvoice', uuid(last)), kind, payeeId, custodyAccountId, left: cents(left) });
const said = (...documents: OpenDocument[]) =>
  decideCredits(documents).map(({ placeInvoiceId, creditNoteId, amount }) =>
    [placeInvoiceId.slice(-2), creditNoteId.slice(-2), Number(amount)]);

describe('credit notes and the invoices that they are counted against', () => {
  it.each<[string, OpenDocument[], unknown[]]>([
    ['are nothing without the other', [document(10, 'credit_note', 24)], []],
    ['are counted up to what is left of the invoice', [document(10, 'invoice', 20), document(11, 'credit_note', 24)], [['10', '11', 20]]],
    ['are counted against the oldest first, and the rest against the next', [document(10, 'invoice', 20), document(11, 'invoice', 20), document(12, 'credit_note', 24)], [['10', '12', 20], ['11', '12', 4]]],
    ['take several notes for one invoice', [document(10, 'invoice', 30), document(11, 'credit_note', 24), document(12, 'credit_note', 24)], [['10', '11', 24], ['10', '12', 6]]],
    ['leave an invoice alone of which nothing is left', [document(10, 'invoice', 0), document(11, 'credit_note', 24)], []],
    ['never cross payees', [document(10, 'invoice', 20), document(11, 'credit_note', 24, other)], []],
    ['never cross custody accounts', [document(10, 'invoice', 20), document(11, 'credit_note', 24, one, uuid(91))], []],
  ])('%s', (_name, documents, expected) => {
    expect(said(...documents)).toEqual(expected);
  });
});

describe('an invoice that is owed less', () => {
  const invoice = { placeInvoiceId: idOf('placeInvoice', uuid(10)), payeeId: one, custodyAccountId: uuid(90), left: cents(240) };

  it('takes the money from the bank, from what nobody could read, or from what the payee is owed', () => {
    const debits = [
      invoicePaidPosting(invoice, cents(5), idOf('bankAccount', uuid(90))), invoicePaidPosting(invoice, cents(5), null), invoiceSetOffPosting(invoice, cents(5)),
    ].map(({ rule, transfers: [transfer] }) => [rule, String(transfer!.debit).split(':')[0], String(transfer!.credit).split(':')[0]]);
    expect(debits).toEqual([['13', 'bank', 'place_receivable'], ['13', 'bank_unknown', 'place_receivable'], ['13', 'payable', 'place_receivable']]);
  });
});
