import { describe, expect, it } from '@jest/globals';
import { cents, idOf, isRejected } from '#libs/kernel';
import type { BillablePayer } from '../payer-billing/billable-payer.decision.js';
import { NO_FEE } from '../upstream-fees/upstream-fee.decision.js';
import { decideBilling, invoicePosting, type Billing } from './issue-invoices.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const address = { street: '1 rue', streetMore: null, postalCode: '59000', city: 'Lille', country: 'FR' };
const billing = { address, vatNumber: null, needsServiceCode: false, needsEngagementNumber: false };
const payer = (last: string, share: number, over: Partial<BillablePayer> = {}): BillablePayer => ({
  payerId: idOf('payer', uuid(last)), name: 'P', siren: '732829320', siret: null, share: cents(share), reference: 'R', billing,
  given: { serviceCode: null, engagementNumber: null }, ...over,
});
const [state, council] = [payer('1', 6_000), payer('2', 4_000)];
const asked = (over: Partial<Billing> = {}): Billing => ({
  total: cents(10_000), payers: [state, council], invoiced: [], terms: { ...NO_FEE, feeBasisPoints: 400, vatBasisPoints: 2_000 },
  charged: cents(0),
  sellerKnown: true, isQuote: false, ...over,
});

describe('the invoices of an order', () => {
  it.each<[string, Billing, [payer: string, fee: number, vat: number][]]>([
    ['are one per payer, each with its part of the fee', asked(), [['1', 240, 48], ['2', 160, 32]]],
    ['leave out who has one, and charge the others as before', asked({ invoiced: [state.payerId] }), [['2', 160, 32]]],
    ['leave out who owes nothing', asked({ payers: [state, payer('2', 4_000), payer('3', 0)] }), [['1', 240, 48], ['2', 160, 32]]],
    ['are of the face value alone without a rule', asked({ terms: NO_FEE }), [['1', 0, 0], ['2', 0, 0]]],
    ['are quoted before the payer has its references', asked({ isQuote: true, payers: [payer('1', 10_000, { billing: { ...billing, needsServiceCode: true } })] }), [['1', 400, 80]]],
    ['have the references that a payer wants', asked({
      payers: [payer('1', 10_000, { billing: { ...billing, needsServiceCode: true, needsEngagementNumber: true }, given: { serviceCode: 'S', engagementNumber: 'E' } })],
    }), [['1', 400, 80]]],
  ])('%s', (_, given, expected) => {
    const decided = decideBilling(given);
    if (isRejected(decided)) throw new Error(decided.code);
    expect(decided.map(({ payer: { payerId }, fee }) => [payerId, fee.net, fee.vat]))
      .toEqual(expected.map(([last, fee, vat]) => [uuid(last), cents(fee), cents(vat)]));
  });

  it.each<[string, Billing, object]>([
    ['are issued once', asked({ invoiced: [state.payerId, council.payerId] }), { code: 'order_invoiced' }],
    ['need somebody who issues them', asked({ sellerKnown: false }), { code: 'seller_not_configured' }],
    ['need the address of every payer', asked({ payers: [state, payer('2', 4_000, { billing: null })] }), { code: 'payer_billing_missing', details: { payers: `pyr_${uuid('2')}` } }],
    ['need no address of who has one', asked({ payers: [payer('1', 6_000, { billing: null }), payer('2', 4_000, { billing: null })], invoiced: [state.payerId] }),
      { code: 'payer_billing_missing', details: { payers: `pyr_${uuid('2')}` } }],
    ['need the references that a payer wants', asked({ payers: [state, payer('2', 4_000, { billing: { ...billing, needsServiceCode: true, needsEngagementNumber: true }, given: { serviceCode: 'S', engagementNumber: null } })] }),
      { code: 'billing_reference_missing', details: { missing: `engagementNumber of pyr_${uuid('2')}` } }],
  ])('%s', (_, given, expected) => {
    expect(decideBilling(given)).toMatchObject({ kind: 'rejected', ...expected });
  });
});

describe('the posting of an invoice (row 1)', () => {
  it('is of fee and VAT, and of nothing where there is no fee', () => {
    const posting = invoicePosting(uuid('aa'), state.payerId, { net: cents(240), vat: cents(48) })!;
    expect(posting).toMatchObject({ rule: '1', custodyAccountId: uuid('aa') });
    expect(posting.transfers.map(({ debit, credit, amount }) => [debit, credit, Number(amount)]))
      .toEqual([[`receivable:${state.payerId}`, 'fee_income', 240], [`receivable:${state.payerId}`, 'vat_collected', 48]]);
    expect(invoicePosting(uuid('aa'), state.payerId, { net: cents(0), vat: cents(0) })).toBeUndefined();
  });
});
