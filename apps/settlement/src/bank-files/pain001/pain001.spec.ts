import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, localDate, sum } from '#libs/kernel';
import { FakeBank, fakeIban, officialSchema, readPain001 } from '../../../../../libs/testing/src/fake-bank/index.js';
import { paymentIdOf } from '../end-to-end-id.js';
import { PAYMENT_FILE_LIMITS } from './payment-order.js';
import type { Payment, PaymentFileOrder } from './payment-order.js';
import { writePain001 } from './pain001.js';

const validate = await officialSchema('pain.001.001.09');
const checked = validate ? it : it.skip;

const CUSTODY = { name: 'Méreau, compte cantonné', iban: fakeIban(1), bic: 'AGRIFRPP' };
const paymentId = (n: number) => idOf('payment', `0190c2f4-7a10-7cc3-98c4-${String(n).padStart(12, '0')}`);
const payment = (n: number, change: Partial<Payment> = {}): Payment => ({
  paymentId: paymentId(n), debtor: CUSTODY, executeOn: localDate('2026-03-04'),
  creditor: { name: `Médiathèque n°${n} & œuvres <SARL>`, iban: fakeIban(100 + n) },
  amountCents: cents(1_000 + n), text: `Relevé ${n}`, ...change,
});
const order = (payments: readonly Payment[], change: Partial<PaymentFileOrder> = {}): PaymentFileOrder => ({
  messageId: 'MRO-20260302-1', createdAt: new Date('2026-03-02T10:00:00.123Z'),
  initiatingParty: { name: 'Association Méreau', siret: '12345678900015' }, payments, ...change,
});
function written(of: PaymentFileOrder) {
  const file = writePain001(of);
  if (isRejected(file)) throw new Error(`${file.code} ${JSON.stringify(file.details)}`);
  return file;
}
const refusal = (payments: readonly Payment[], change: Partial<PaymentFileOrder> = {}) => {
  const file = writePain001(order(payments, change));
  return isRejected(file) ? file.code : 'written';
};

const anIban = fc.nat(1_000_000).map(fakeIban);
const aParty = fc.record({ name: fc.string({ unit: 'grapheme' }).map((name) => `Nom ${name}`), iban: anIban });
const payments = fc.uniqueArray(fc.record({
  paymentId: fc.uuid({ version: 7 }).map((id) => idOf('payment', id)),
  debtor: fc.constantFrom(CUSTODY, { name: 'Communs', iban: fakeIban(2) }),
  executeOn: fc.constantFrom('2026-03-04', '2026-03-05', '2026-04-01').map(localDate),
  creditor: aParty,
  amountCents: fc.bigInt(1n, PAYMENT_FILE_LIMITS.amountCentsMax).map(cents),
  text: fc.string({ unit: 'grapheme', maxLength: 200 }),
}), { selector: (one) => one.paymentId, minLength: 1, maxLength: 30 });

describe('a payment file', () => {
  checked('is valid by the official schema, whatever the names, texts, dates and amounts', () => {
    fc.assert(fc.property(payments, (some) => {
      expect(validate?.(written(order(some)).xml)).toEqual([]);
    }), { numRuns: 40 });
    expect(validate?.(written(order([payment(1)], { initiatingParty: { name: 'Sans SIRET' } })).xml)).toEqual([]);
    expect(validate?.(written(order([payment(1)])).xml.replace('TRF', 'XXX'))).not.toEqual([]);
  });

  it('tells a bank that reads it exactly what was ordered, to the cent', () => {
    fc.assert(fc.property(payments, (some) => {
      const file = written(order(some));
      const read = readPain001(file.xml);
      if (isRejected(read)) throw new Error(read.code);
      const told = read.groups.flatMap((group) => group.payments.map((one) =>
        [paymentIdOf(one.endToEndId), one.amountCents, one.creditorIban, group.debtorIban, group.executeOn]));
      const ordered = some.map((one) => [one.paymentId, one.amountCents, one.creditor.iban, one.debtor.iban, one.executeOn]);
      const byId = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
      expect(told.sort(byId)).toEqual(ordered.sort(byId));
      expect(file.totalCents).toBe(sum(some.map((one) => one.amountCents)));
      expect(read.groups.map((group) => group.paymentInformationId)).toEqual(file.parts.map((part) => part.paymentInformationId));
    }), { numRuns: 40 });
  });

  it('is the same bytes in whatever sequence the payments come, and ASCII only', () => {
    fc.assert(fc.property(payments.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
      ([some, shuffled]) => {
        const { xml } = written(order(some));
        expect(written(order(shuffled)).xml).toBe(xml);
        expect(xml).toMatch(/^[\x20-\x7e\n]+$/);
      }), { numRuns: 40 });
  });

  it('has one part per paying account and day, in a fixed order, each with its count and total', () => {
    const commons = { name: 'Communs', iban: fakeIban(2) };
    const file = written(order([
      payment(4, { debtor: commons }), payment(3), payment(2, { executeOn: localDate('2026-03-03') }), payment(1),
    ]));
    const part = (at: number, debtorIban: string, executeOn: string, ids: number[], totalCents: bigint) => ({
      paymentInformationId: `MRO-20260302-1-${at}`, debtorIban, executeOn, count: ids.length, totalCents, paymentIds: ids.map(paymentId),
    });
    const expected = [
      part(1, CUSTODY.iban, '2026-03-03', [2], 1_002n), part(2, CUSTODY.iban, '2026-03-04', [1, 3], 2_004n),
      part(3, commons.iban, '2026-03-04', [4], 1_004n),
    ];
    expect(CUSTODY.iban < commons.iban).toBe(true);
    expect(file.parts).toEqual(expected);
    expect(file.xml).toContain('<CreDtTm>2026-03-02T10:00:00Z</CreDtTm>');
    expect(file.xml.match(/<BtchBookg>true<\/BtchBookg>/g)).toHaveLength(3);
    expect(file.xml.match(/<ChrgBr>SLEV<\/ChrgBr>/g)).toHaveLength(3);
    expect(file.xml).not.toContain('PstlAdr');
    expect(file.xml).toContain('<Nm>Mediatheque no1 + oeuvres .SARL.</Nm>');
  });

  it('is executed by a bank, and debited as one sum per part', () => {
    const bank = new FakeBank({
      iban: CUSTODY.iban, ownerName: 'M', bic: 'AGRIFRPP', openingCents: cents(1_000_000), day: localDate('2026-03-04'),
    });
    const file = written(order([payment(1), payment(2)]));
    expect(isRejected(bank.execute(file.xml))).toBe(false);
    expect(bank.balanceCents).toBe(1_000_000n - file.totalCents);
    expect(bank.execute(file.xml)).toMatchObject({ code: 'payment_file_repeated' });
  });

  it('holds 5,000 payments, and not one more', () => {
    const many = Array.from({ length: 5_001 }, (_, n) => payment(n));
    expect(written(order(many.slice(1))).count).toBe(5_000);
    expect(refusal(many)).toBe('payment_file_too_long');
  });
});

describe('an order that no file is written for', () => {
  const name = (text: string) => ({ creditor: { name: text, iban: fakeIban(3) } });
  it.each([
    ['without a payment', [], 'payment_file_empty'],
    ['with a payment twice', [payment(1), payment(1, { amountCents: cents(5) })], 'payment_repeated'],
    ['of nothing', [payment(1, { amountCents: cents(0) })], 'payment_amount_out_of_range'],
    ['below nothing', [payment(1, { amountCents: cents(-1) })], 'payment_amount_out_of_range'],
    ['of a billion euros', [payment(1, { amountCents: cents(100_000_000_000) })], 'payment_amount_out_of_range'],
    ['of a cent less', [payment(1, { amountCents: cents(99_999_999_999) })], 'written'],
    ['of a cent', [payment(1, { amountCents: cents(1) })], 'written'],
    ['to an IBAN with a typing error', [payment(1, { creditor: { name: 'Place', iban: 'FR7699999000010000000000116' } })], 'payment_iban_wrong'],
    ['to an IBAN with blanks', [payment(1, { creditor: { name: 'Place', iban: 'FR76 9999 9000 0100 0000 0000 115' } })], 'payment_iban_wrong'],
    ['outside SEPA', [payment(1, { creditor: { name: 'Place', iban: 'BR1500000000000010932840814P2' } })], 'payment_iban_wrong'],
    ['from an IBAN that is none', [payment(1, { debtor: { name: 'Nous', iban: '' } })], 'payment_iban_wrong'],
    ['to a BIC that is none', [payment(1, { creditor: { name: 'Place', iban: fakeIban(3), bic: 'XX' } })], 'payment_bic_wrong'],
    ['to a name in another alphabet', [payment(1, name('Αθήνα'))], 'payment_name_unreadable'],
    ['to nobody', [payment(1, name(' '))], 'payment_name_unreadable'],
    ['from one account under two names', [payment(1), payment(2, { debtor: { ...CUSTODY, name: 'Autre' } })], 'payment_debtor_differs'],
  ] as const)('%s', (_, some, code) => {
    expect(refusal(some)).toBe(code);
  });

  it.each(['', 'x'.repeat(31), 'a b', 'é', '/1'])('under the message id %j', (messageId) => {
    expect(refusal([payment(1)], { messageId })).toBe('payment_file_id_wrong');
  });

  it('is told without an account number', () => {
    const file = writePain001(order([payment(1, { creditor: { name: 'Place', iban: 'FR7699999000010000000000116' } })]));
    expect(JSON.stringify(file)).not.toContain('FR76');
  });
});
