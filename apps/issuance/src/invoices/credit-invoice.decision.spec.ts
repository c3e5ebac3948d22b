import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, sum } from '#libs/kernel';
import { creditPosting, decideCredit, type AskedCredit, type CreditedInvoice } from './credit-invoice.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [payerId, programmeId] = [idOf('payer', uuid('1')), idOf('programme', uuid('2'))];
const original: CreditedInvoice = { eventId: uuid('e'), payerId, programmeId, custodyAccountId: uuid('aa') };
const left = (face: number, fee: number, vat: number, kind: 'invoice' | 'quote' | 'credit_note' = 'invoice') =>
  ({ kind, faceLeft: cents(face), feeLeft: cents(fee), vatLeft: cents(vat) });
const FACE: AskedCredit = { face: null, fee: cents(0) };
const WHOLE: AskedCredit = { face: null, fee: null };
const part = (face: number, fee: number): AskedCredit => ({ face: cents(face), fee: cents(fee) });
const [OWED, COVER] = [`receivable:${payerId}`, `prefund:${programmeId}:${payerId}`];

describe('a credit note', () => {
  it.each<[string, ReturnType<typeof left>, AskedCredit, number, [face: number, fee: number, vat: number, covered: number]]>([
    ['on the face value returns no fee', left(10_000, 400, 80), FACE, 480, [10_000, 0, 0, 0]],
    ['may be on a part of the face value', left(10_000, 400, 80), part(6_200, 0), 480, [6_200, 0, 0, 0]],
    ['on the whole takes an unpaid fee off what is owed', left(10_000, 400, 80), WHOLE, 480, [10_000, 400, 80, 0]],
    ['on the whole makes cover of a fee that is paid', left(10_000, 400, 80), WHOLE, 0, [10_000, 400, 80, 480]],
    ['on the whole makes cover of the paid part of a fee', left(10_000, 400, 80), WHOLE, 130, [10_000, 400, 80, 350]],
    ['on a part of the fee returns as much of the VAT', left(10_000, 400, 81), part(0, 100), 481, [0, 100, 20, 0]],
    ['on the rest of a fee returns the rest of the VAT', left(10_000, 300, 61), part(0, 300), 361, [0, 300, 61, 0]],
    ['on the whole takes what an earlier one left', left(3_800, 400, 80), WHOLE, 480, [3_800, 400, 80, 0]],
    ['on the whole is of the fee alone when the face value is credited', left(0, 400, 80), WHOLE, 480, [0, 400, 80, 0]],
  ])('%s', (_, invoice, wish, feeOpen, [face, fee, vat, covered]) => {
    expect(decideCredit(invoice, wish, cents(feeOpen)))
      .toEqual({ face: cents(face), fee: cents(fee), vat: cents(vat), covered: cents(covered) });
  });

  it.each<[string, ReturnType<typeof left> | undefined, AskedCredit, object]>([
    ['needs an invoice', undefined, FACE, { code: 'invoice_not_found' }],
    ['is not on a quote', left(1, 0, 0, 'quote'), FACE, { code: 'invoice_not_creditable' }],
    ['is not on a credit note', left(1, 0, 0, 'credit_note'), WHOLE, { code: 'invoice_not_creditable' }],
    ['is not on more than is left', left(100, 4, 1), part(101, 0), { code: 'credit_exceeds_invoice', details: { leftCents: 100 } }],
    ['is not on more of the fee than is left', left(100, 4, 1), part(100, 5), { code: 'credit_exceeds_invoice', details: { feeLeftCents: 4 } }],
    ['is not on nothing', left(0, 4, 1), FACE, { code: 'nothing_to_credit' }],
    ['is not on what is credited whole', left(0, 0, 0), WHOLE, { code: 'nothing_to_credit' }],
  ])('%s', (_, invoice, wish, expected) => {
    expect(decideCredit(invoice, wish, cents(0))).toMatchObject(expected);
  });
});

describe('the posting of a credit note', () => {
  const lines = (fee: number, vat: number, covered: number) =>
    creditPosting(original, { face: cents(0), fee: cents(fee), vat: cents(vat), covered: cents(covered) })?.transfers
      .map(({ debit, credit, amount, reverses }) => [debit, credit, Number(amount), reverses!.line]);

  it('takes row 1 back line by line, the unpaid part first', () => {
    expect(lines(400, 80, 0)).toEqual([['fee_income', OWED, 400, 0], ['vat_collected', OWED, 80, 1]]);
    expect(lines(400, 80, 480)).toEqual([['fee_income', COVER, 400, 0], ['vat_collected', COVER, 80, 1]]);
    expect(lines(400, 80, 350)).toEqual([['fee_income', OWED, 130, 0], ['fee_income', COVER, 270, 0], ['vat_collected', COVER, 80, 1]]);
    expect(lines(400, 80, 20)).toEqual([['fee_income', OWED, 400, 0], ['vat_collected', OWED, 60, 1], ['vat_collected', COVER, 20, 1]]);
    expect(lines(0, 0, 0)).toBeUndefined();
  });

  it('moves what was invoiced, and no cent of it twice', () => {
    const amount = fc.nat(10_000);
    fc.assert(fc.property(amount, amount, fc.double({ min: 0, max: 1, noNaN: true }), (fee, vat, part) => {
      const covered = Math.floor((fee + vat) * part);
      const moved = creditPosting(original, { face: cents(0), fee: cents(fee), vat: cents(vat), covered: cents(covered) })?.transfers ?? [];
      expect(sum(moved.map((one) => one.amount))).toBe(BigInt(fee + vat));
      expect(sum(moved.filter(({ credit }) => credit === COVER).map((one) => one.amount))).toBe(BigInt(covered));
      expect(sum(moved.filter(({ debit }) => debit === 'fee_income').map((one) => one.amount))).toBe(BigInt(fee));
    }));
  });
});
