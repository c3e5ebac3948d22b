import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, localDate, sum, type BankAccountId, type DebitNoteId, type PayeeId, type PaymentId, type PlaceInvoiceId } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import type { KnownNote } from '../debit-notes/debit-note.decision.js';
import type { KnownInvoice } from '../place-invoices/place-invoice-payment.decision.js';
import { decideBankLines, movedBy, type DecidedLine, type Entry, type KnownPayment, type Movement } from './bank-line.decision.js';

const ACCOUNT = 'ours' as BankAccountId;
const P1 = 'p1' as PaymentId;
const P2 = 'p2' as PaymentId;
const RUN = 'RUN-1';

const movement = (over: Partial<Movement> = {}): Movement => ({
  entryIndex: 0, detailIndex: 0, entryRef: null, side: 'credit', amount: cents(1000), bookedOn: localDate('2026-04-03'), references: [], debitNotes: [], placeInvoices: [], gifts: [],
  paymentId: null, endToEndId: null, paymentInformationId: null, returned: false, reasonCode: null, bankCode: 'PMNT/RCDT/ESCT',
  counterparty: null, remittance: null, debtorMac: null, ...over,
});
const credit = (over: Partial<Movement> = {}): Entry => ({ whole: movement(over), parts: [], details: 'add_up' });
const debit = (over: Partial<Movement> = {}): Entry => credit({ side: 'debit', bankCode: 'PMNT/ICDT/ESCT', ...over });
const batch = (whole: Partial<Movement>, parts: Partial<Movement>[], details: Entry['details'] = 'add_up'): Entry => ({
  whole: movement({ side: 'debit', ...whole }), details,
  parts: parts.map((part, detailIndex) => movement({ side: 'debit', detailIndex, ...part })),
});
const payment = (over: Partial<KnownPayment> = {}): KnownPayment => ({
  paymentId: P1, purpose: 'place', refunds: [], payeeId: 'payee' as PayeeId, payeeBankAccountId: 'theirs' as BankAccountId, bankVersion: 1, bankAccountId: ACCOUNT,
  paymentInformationId: RUN, amount: cents(1000), state: 'released', ...over,
});
const told = (line: DecidedLine): string => {
  if ('finding' in line) return `${line.kind}: ${line.finding}`;
  return line.kind === 'payment_debit' ? `${line.kind}: ${line.payments.map(({ paymentId }) => paymentId).join('+')}` : line.kind;
};
const kinds = (entries: readonly Entry[], payments: readonly KnownPayment[] = []) =>
  decideBankLines(ACCOUNT, entries, { payments }).map(told);

describe('a credit', () => {
  it.each<[string, Entry, KnownPayment[], string]>([
    ['with one of our references is a payer\'s receipt', credit({ references: ['RF50MRO0123456789'] }), [], 'payer_receipt'],
    ['without one is unknown', credit(), [], 'unknown_credit: no_reference'],
    ['of a payment that was debited, sent back, is its return', credit({ paymentId: P1, returned: true }), [payment({ state: 'booked' })], 'payout_return'],
    ['that is a return is no receipt, whatever its text says', credit({ paymentId: P1, returned: true, references: ['RF50MRO0123456789'] }), [payment({ state: 'booked' })], 'payout_return'],
    ['with our payment\'s id that is no return is unknown', credit({ paymentId: P1 }), [payment({ state: 'booked' })], 'unknown_credit: no_reference'],
    ['that returns a payment before its debit waits for a person', credit({ paymentId: P1, returned: true }), [payment()], 'unknown_credit: return_before_debit'],
    ['that returns a payment twice is unknown', credit({ paymentId: P1, returned: true }), [payment({ state: 'returned' })], 'unknown_credit: returned_before'],
    ['that returns another amount is unknown', credit({ paymentId: P1, returned: true, amount: cents(999) }), [payment({ state: 'booked' })], 'unknown_credit: amount_differs'],
    ['that returns a payment of another account of ours is unknown', credit({ paymentId: P1, returned: true }), [payment({ state: 'booked', bankAccountId: 'other' as BankAccountId })], 'unknown_credit: other_account'],
    ['that returns nobody\'s payment is unknown, and no receipt', credit({ returned: true, references: ['RF50MRO0123456789'] }), [], 'unknown_credit: unknown_payment'],
    ['whose parts do not add up is not split by guessing', { ...credit({ references: ['RF50MRO0123456789'] }), details: 'differ' }, [], 'unknown_credit: details_do_not_add_up'],
    ['of nothing moves nothing', credit({ amount: cents(0) }), [], 'zero'],
  ])('%s', (_name, entry, known, expected) => {
    expect(kinds([entry], known)).toEqual([expected]);
  });
});

describe('a debit', () => {
  it.each<[string, Entry, KnownPayment[], string[]]>([
    ['of a released payment books it', debit({ paymentId: P1 }), [payment()], ['payment_debit: p1']],
    ['of another amount than the payment\'s books nothing', debit({ paymentId: P1, amount: cents(1001) }), [payment()], ['unknown_debit: amount_differs']],
    ['of a payment that was booked is unexplained', debit({ paymentId: P1 }), [payment({ state: 'booked' })], ['unknown_debit: booked_before']],
    ['of a payment that was returned is unexplained', debit({ paymentId: P1 }), [payment({ state: 'returned' })], ['unknown_debit: booked_before']],
    ['of a payment that was never released is unexplained', debit({ paymentId: P1 }), [payment({ state: 'instructed' })], ['unknown_debit: not_released']],
    ['of a payment that the bank said it rejected is unexplained', debit({ paymentId: P1 }), [payment({ state: 'rejected' })], ['unknown_debit: rejected_before']],
    ['from another account than the payment\'s is unexplained', debit({ paymentId: P1 }), [payment({ bankAccountId: 'other' as BankAccountId })], ['unknown_debit: other_account']],
    ['that nobody ordered is unexplained', debit(), [payment()], ['unknown_debit: not_ordered']],
    ['of the bank for itself is a charge', debit({ bankCode: 'PMNT/MDOP/CHRG' }), [], ['bank_charge']],
    ['by the bank\'s own code for fees is a charge', debit({ bankCode: 'FEES' }), [], ['bank_charge']],
    ['that only mentions charges is none', debit({ bankCode: 'PMNT/ICDT/XCHRG' }), [], ['unknown_debit: not_ordered']],
    [
      'of a whole run books each of its payments', debit({ paymentInformationId: RUN, amount: cents(3000) }),
      [payment(), payment({ paymentId: P2, amount: cents(2000) })], ['payment_debit: p1+p2'],
    ],
    [
      'of a run that the bank did not debit in full books nothing of it', debit({ paymentInformationId: RUN, amount: cents(1000) }),
      [payment(), payment({ paymentId: P2, amount: cents(2000) })], ['unknown_debit: amount_differs'],
    ],
    [
      'of a run books what the bank did not reject of it', debit({ paymentInformationId: RUN, amount: cents(2000) }),
      [payment({ state: 'rejected' }), payment({ paymentId: P2, amount: cents(2000) })], ['payment_debit: p2'],
    ],
    [
      'of a whole run of which the bank rejected a part is unexplained', debit({ paymentInformationId: RUN, amount: cents(3000) }),
      [payment({ state: 'rejected' }), payment({ paymentId: P2, amount: cents(2000) })], ['unknown_debit: amount_differs'],
    ],
    ['of a run that was rejected whole is unexplained', debit({ paymentInformationId: RUN }), [payment({ state: 'rejected' })], ['unknown_debit: rejected_before']],
    [
      'of a run that was booked before is unexplained', debit({ paymentInformationId: RUN }), [payment({ state: 'booked' })],
      ['unknown_debit: booked_before'],
    ],
    [
      'of a run that was never released is unexplained', debit({ paymentInformationId: RUN }), [payment({ state: 'cancelled' })],
      ['unknown_debit: not_released'],
    ],
    [
      'told payment by payment books those that it names', batch({ amount: cents(1500), paymentInformationId: RUN }, [{ paymentId: P1 }, { amount: cents(500) }]),
      [payment(), payment({ paymentId: P2, amount: cents(2000) })], ['payment_debit: p1', 'unknown_debit: not_ordered'],
    ],
  ])('%s', (_name, entry, known, expected) => {
    expect(kinds([entry], known)).toEqual(expected);
  });
});

describe('the lines of one statement', () => {
  it('book a payment and take it back, even where the return stands first', () => {
    const entries = [credit({ paymentId: P1, returned: true, entryIndex: 0 }), debit({ paymentId: P1, entryIndex: 1 })];
    expect(kinds(entries, [payment()])).toEqual(['payout_return', 'payment_debit: p1']);
  });

  it('book a payment once, though it is debited alone and with its run', () => {
    const entries = [debit({ paymentId: P1, entryIndex: 0 }), debit({ paymentInformationId: RUN, entryIndex: 1 })];
    expect(kinds(entries, [payment()])).toEqual(['payment_debit: p1', 'unknown_debit: booked_before']);
  });

  it('take a payment back once', () => {
    const back = (entryIndex: number) => credit({ paymentId: P1, returned: true, entryIndex });
    expect(kinds([back(0), back(1)], [payment({ state: 'booked' })])).toEqual(['payout_return', 'unknown_credit: returned_before']);
  });

  it('split a collected credit into what each part is', () => {
    const entry: Entry = {
      whole: movement({ amount: cents(3000) }), details: 'add_up',
      parts: [
        movement({ detailIndex: 0, references: ['RF50MRO0123456789'] }), movement({ detailIndex: 1 }),
        movement({ detailIndex: 2, paymentId: P1, returned: true }),
      ],
    };
    expect(kinds([entry], [payment({ state: 'booked' })])).toEqual(['payer_receipt', 'unknown_credit: no_reference', 'payout_return']);
  });

  const seed = [...seedOfRun()].reduce((value, letter) => (Math.imul(value, 31) + letter.charCodeAt(0)) | 0, 11);
  it(`move what the statement moved, and each payment at most out and back (seed ${seed})`, () => {
    const anyMovement = fc.record({
      side: fc.constantFrom('credit' as const, 'debit' as const), amount: fc.constantFrom(0, 500, 1000, 2000).map((amount) => cents(amount)),
      paymentId: fc.constantFrom(null, P1, P2), paymentInformationId: fc.constantFrom(null, RUN), returned: fc.boolean(),
      references: fc.constantFrom([], ['RF50MRO0123456789']), bankCode: fc.constantFrom('PMNT/MDOP/CHRG', null),
    });
    const states = fc.constantFrom('instructed' as const, 'released' as const, 'booked' as const, 'returned' as const);
    fc.assert(fc.property(fc.array(anyMovement, { maxLength: 12 }), states, states, (movements, first, second) => {
      const entries = movements.map((over, entryIndex) => credit({ ...over, entryIndex }));
      const known = [payment({ state: first }), payment({ paymentId: P2, amount: cents(2000), state: second })];
      const lines = decideBankLines(ACCOUNT, entries, { payments: known });
      const expected = movements.reduce((total, { side, amount }) => total + (side === 'credit' ? amount : -amount), 0n);
      expect(movedBy(lines)).toBe(expected);
      for (const { paymentId, state } of known) {
        const out = lines.filter((line) => line.kind === 'payment_debit' && line.payments.some((one) => one.paymentId === paymentId)).length;
        const back = lines.filter((line) => line.kind === 'payout_return' && line.payment.paymentId === paymentId).length;
        expect(out).toBeLessThanOrEqual(state === 'released' ? 1 : 0);
        expect(back).toBeLessThanOrEqual(state === 'booked' ? 1 : out);
      }
      for (const line of lines) if (line.kind === 'payment_debit') expect(sum(line.payments.map(({ amount }) => amount))).toBe(line.amount);
    }), { seed, numRuns: 500 });
  });
});

describe('a payout of the card processor', () => {
  const announced = [{ payoutId: 'po_1', amount: cents(1000), arrivesOn: localDate('2026-04-03'), descriptor: null, traceId: null }];
  it.each<[string, Entry[], string[]]>([
    ['is a line of its own kind', [credit({ counterparty: 'STRIPE' })], ['psp_payout']],
    ['is brought by one line only', [credit({ counterparty: 'STRIPE' }), credit({ counterparty: 'STRIPE', entryIndex: 1 })], ['psp_payout', 'unknown_credit: no_reference']],
    ['of another amount is nobody\'s', [credit({ counterparty: 'STRIPE', amount: cents(999) })], ['unknown_credit: no_reference']],
    ['is none that carries a reference of ours', [credit({ counterparty: 'STRIPE', references: ['RF50MRO0123456789'] })], ['payer_receipt']],
  ])('%s', (_what, entries, expected) => {
    expect(decideBankLines(ACCOUNT, entries, { announced }).map(told)).toEqual(expected);
  });
});

describe('a credit with the reference of an invoice to a place', () => {
  const REFERENCE = 'RF13MRF0123456789';
  const invoice = (over: Partial<KnownInvoice> = {}): KnownInvoice => ({
    placeInvoiceId: 'i1' as PlaceInvoiceId, payeeId: 'payee' as PayeeId, custodyAccountId: ACCOUNT, reference: REFERENCE, left: cents(1_500), ...over,
  });
  const paying = (over: Partial<Movement> = {}) => credit({ placeInvoices: [REFERENCE], ...over });

  it.each<[string, Entry[], KnownInvoice[], string[]]>([
    ['pays it, in part', [paying()], [invoice()], ['place_invoice_paid']],
    ['pays no more than what earlier lines left', [paying(), paying({ entryIndex: 1 })], [invoice()], ['place_invoice_paid', 'unknown_credit: place_invoice_overpaid']],
    ['pays none that nobody issued', [paying()], [], ['unknown_credit: place_invoice_unknown']],
    ['pays none of another bank account', [paying()], [invoice({ custodyAccountId: P1 })], ['unknown_credit: other_account']],
    ['pays none beside an order', [paying({ references: ['RF50MRO0123456789'] })], [invoice()], ['unknown_credit: place_invoice_ambiguous']],
    ['pays none beside another invoice', [paying({ placeInvoices: [REFERENCE, 'RF14MRF0123456788'] })], [invoice()], ['unknown_credit: place_invoice_ambiguous']],
  ])('%s', (_, entries, invoices, expected) => {
    expect(decideBankLines(ACCOUNT, entries, { invoices }).map(told)).toEqual(expected);
  });
});

describe('a credit with the reference of a pool of the commons', () => {
  const REFERENCE = 'RF04MRC0000000000';
  const pools = new Map([[REFERENCE, 'general']]);
  const giving = (over: Partial<Movement> = {}) => credit({ gifts: [REFERENCE], ...over });

  it.each<[string, Entry[], string[]]>([
    ['is a gift to it, whoever sends how much', [giving(), giving({ entryIndex: 1, amount: cents(999_999_999) })], ['gift', 'gift']],
    ['is none to a pool that there is not', [giving({ gifts: ['RF11MRC0123456789'] })], ['unknown_credit: pool_unknown']],
    ['is none beside another pool', [giving({ gifts: [REFERENCE, 'RF11MRC0123456789'] })], ['unknown_credit: pool_ambiguous']],
    ['is none beside an order', [giving({ references: ['RF50MRO0123456789'] })], ['unknown_credit: pool_ambiguous']],
    ['is none beside a debit note', [giving({ debitNotes: ['RF11MRD0123456789'] })], ['unknown_credit: debit_note_ambiguous']],
    ['is none beside an invoice', [giving({ placeInvoices: ['RF13MRF0123456789'] })], ['unknown_credit: place_invoice_ambiguous']],
    ['is none where a payment of ours comes back', [giving({ returned: true })], ['unknown_credit: unknown_payment']],
  ])('%s', (_, entries, expected) => {
    expect(decideBankLines(ACCOUNT, entries, { pools }).map(told)).toEqual(expected);
  });
});

describe('a credit with the reference of a debit note', () => {
  const note = (over: Partial<KnownNote> = {}): KnownNote => ({
    debitNoteId: 'n1' as DebitNoteId, payeeId: 'payee' as PayeeId, custodyAccountId: ACCOUNT, reference: 'RF11MRD0123456789', left: cents(1_500), ...over,
  });
  const noteCredit = (over: Partial<Movement> = {}) => credit({ debitNotes: ['RF11MRD0123456789'], ...over });

  it.each<[string, Entry[], KnownNote[], string[]]>([
    ['pays it, in part', [noteCredit()], [note()], ['debit_note_paid']],
    ['pays it, to the cent', [noteCredit()], [note({ left: cents(1_000) })], ['debit_note_paid']],
    ['pays no more than what earlier lines left', [noteCredit(), noteCredit({ entryIndex: 1 })], [note()], ['debit_note_paid', 'unknown_credit: debit_note_overpaid']],
    ['pays none that nobody issued', [noteCredit()], [], ['unknown_credit: debit_note_unknown']],
    ['pays none of another bank account', [noteCredit()], [note({ custodyAccountId: P1 })], ['unknown_credit: other_account']],
    ['pays none beside an order', [noteCredit({ references: ['RF50MRO0123456789'] })], [note()], ['unknown_credit: debit_note_ambiguous']],
    ['pays none beside an invoice', [noteCredit({ placeInvoices: ['RF13MRF0123456789'] })], [note()], ['unknown_credit: debit_note_ambiguous']],
    ['pays none beside another note', [noteCredit({ debitNotes: ['RF11MRD0123456789', 'RF12MRD0123456788'] })], [note()], ['unknown_credit: debit_note_ambiguous']],
  ])('%s', (_, entries, notes, expected) => {
    expect(decideBankLines(ACCOUNT, entries, { notes }).map(told)).toEqual(expected);
  });
});
