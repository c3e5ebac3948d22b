import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { decideIdentification, type AskedIdentity, type IdentifiableLine, type KnownPayout } from './identify-bank-line.decision.js';

const ACCOUNT = idOf('bankAccount', '01900000-0000-7000-8000-0000000000aa');
const line = (over: Partial<IdentifiableLine> = {}): IdentifiableLine => ({
  bankLineId: idOf('bankLine', '01900000-0000-7000-8000-000000000001'), bankAccountId: ACCOUNT, kind: 'unknown_credit', amount: cents(3_915),
  bookedOn: localDate('2026-05-06'), endToEndId: null, debtorMac: null, identified: false, given: false, ...over,
});
const receipt: AskedIdentity = { kind: 'payer_receipt', reference: null };
const payout = (over: Partial<KnownPayout> = {}): AskedIdentity =>
  ({ kind: 'psp_payout', payout: { payoutId: 'po_1', amount: cents(3_915), bankAccountId: ACCOUNT, arrived: false, ...over } });
const paidIn = (over: object = {}): AskedIdentity =>
  ({ kind: 'paid_in', operator: idOf('payee', '01900000-0000-7000-8000-0000000000ee'), shortfall: cents(3_915), ...over });
const note = (over: object = {}): AskedIdentity => ({
  kind: 'debit_note', isBehindAccount: false, ...over,
  note: {
    debitNoteId: idOf('debitNote', '01900000-0000-7000-8000-0000000000cc'), payeeId: idOf('payee', '01900000-0000-7000-8000-0000000000dd'),
    custodyAccountId: ACCOUNT, left: cents(3_915),
  },
});

const invoice = (over: object = {}): AskedIdentity => ({
  kind: 'place_invoice', isBehindAccount: false, ...over,
  invoice: {
    placeInvoiceId: idOf('placeInvoice', '01900000-0000-7000-8000-0000000000ee'), payeeId: idOf('payee', '01900000-0000-7000-8000-0000000000dd'),
    custodyAccountId: ACCOUNT, left: cents(3_915),
  },
});

describe('an unknown credit', () => {
  it.each<[string, AskedIdentity, object]>([
    ['that is a payer\'s goes to issuance', receipt, { rule: '2', transfers: [{ debit: 'bank_unknown', credit: 'clearing:issuance', amount: 3_915n }] }],
    ['that pays a debit note leaves less owed', note(), { rule: '20', transfers: [{ debit: 'bank_unknown', amount: 3_915n }] }],
    ['that pays an invoice leaves less owed', invoice(), { rule: '13', transfers: [{ debit: 'bank_unknown', amount: 3_915n }] }],
    ['that is a gift is its pool’s', { kind: 'gift', pool: 'general', isPool: true }, { rule: '27', transfers: [{ debit: 'bank_unknown', credit: 'commons:general', amount: 3_915n }] }],
    ['that the operator pays in is its own', paidIn(), { rule: '33', transfers: [{ debit: 'bank_unknown', credit: 'bank:01900000-0000-7000-8000-0000000000ee', amount: 3_915n }] }],
    ['that is a payout ends its way', payout(), { rule: '5', transfers: [{ debit: 'bank_unknown', credit: 'cash_in_transit', amount: 3_915n }] }],
  ])('%s', (_, asked, posting) => {
    expect(decideIdentification(line(), asked)).toMatchObject({ custodyAccountId: ACCOUNT, ...posting });
  });

  it.each<[string, IdentifiableLine | undefined, AskedIdentity, string]>([
    ['has to be there', undefined, receipt, 'bank_line_unknown'],
    ['has to be unknown', line({ kind: 'payer_receipt' }), receipt, 'bank_line_of_known_kind'],
    ['is identified once', line({ identified: true }), receipt, 'bank_line_identified'],
    ['is no gift to a pool that nobody decides about', line(), { kind: 'gift', pool: 'x', isPool: false }, 'pool_unknown'],
    ['that was given stays with its pool', line({ identified: true, given: true }), receipt, 'bank_line_given'],
    ['that the bank told as a gift stays with its pool', line({ kind: 'gift', given: true }), receipt, 'bank_line_given'],
    ['is no payout that nobody announced', line(), { kind: 'psp_payout', payout: undefined }, 'payout_unknown'],
    ['is no payout to another account', line(), payout({ bankAccountId: idOf('bankAccount', '01900000-0000-7000-8000-0000000000bb') }), 'payout_unknown'],
    ['is no payout that arrived', line(), payout({ arrived: true }), 'payout_arrived'],
    ['pays no debt by the word of who stands behind its payee’s account', line(), note({ isBehindAccount: true }), 'gives_to_own_account'],
    ['pays no more of a debit note than is left', line({ amount: cents(3_916) }), note(), 'debit_note_overpaid'],
    ['pays no invoice by the word of who stands behind its payee’s account', line(), invoice({ isBehindAccount: true }), 'gives_to_own_account'],
    ['pays no more of an invoice than is left', line({ amount: cents(3_916) }), invoice(), 'place_invoice_overpaid'],
    ['pays no invoice that nobody issued', line(), { kind: 'place_invoice', invoice: undefined, isBehindAccount: false }, 'place_invoice_unknown'],
    ['fills no more than is missing', line({ amount: cents(3_916) }), paidIn(), 'paid_in_over_shortfall'],
    ['fills nothing where nothing is missing', line(), paidIn({ shortfall: cents(0) }), 'paid_in_over_shortfall'],
    ['is not paid in by an operator that nobody named', line(), paidIn({ operator: undefined }), 'operator_unknown'],
    ['is no payout of another amount', line(), payout({ amount: cents(3_914) }), 'payout_amount_differs'],
  ])('%s', (_, given, asked, code) => {
    expect(decideIdentification(given, asked)).toMatchObject({ kind: 'rejected', code });
  });
});
