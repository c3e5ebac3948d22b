import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  debitNoteReference, giftReference, isCreditorReference, isDebitNoteReference, isGiftReference, isOrderReference, orderReference,
  placeInvoiceReference, printReference,
} from '#libs/contracts';
import { idOf } from '#libs/kernel';
import { endToEndIdOf, paymentIdOf } from './end-to-end-id.js';
import { findReferences } from './references.js';

const OURS = 'RF75MRO6W1G60EECF';
const SECOND = orderReference(idOf('order', '0190c2f4-7a10-7cc3-98c4-000000000001'));
const OTHER = 'RF18539007547034';
const anId = fc.uuid({ version: 7 });

describe('our reference', () => {
  it.each([
    ['alone', OURS],
    ['in groups of four', 'RF75 MRO6 W1G6 0EEC F'],
    ['in small letters', 'rf75mro6w1g60eecf'],
    ['in a sentence', `Virement facture ref ${OURS} merci`],
    ['stuck to the words around it', `REF${OURS}MAIRIE`],
    ['folded in the middle', 'FACTURE 2026-0017 RF75 MRO6 W1\nG60EECF DRFIP'],
    ['with O for zero and l for one', 'RF75 MR06 WlG6 OEEC F'],
    ['with dashes', 'RF75-MRO6-W1G6-0EEC-F'],
    ['with no-break blanks', 'RF75\u00A0MRO6\u00A0W1G6\u202F0EEC\u00A0F'],
    ['behind a false start', `RF12${OURS}`],
    ['behind a false start of full length', `RF12MRO000${OURS}`],
    ['in full-width characters', 'ＲＦ７５MRO6W1G60EECF'],
  ])('is found %s', (_, text) => {
    expect(findReferences(text).ours).toEqual([OURS]);
  });

  it('is found folded over two fields, and only once when it is told twice', () => {
    expect(findReferences(['COMMUNE RF75 MRO6', 'W1G6 0EEC F', OURS]).ours).toEqual([OURS]);
  });

  it('is found beside another of ours, in the order of the text', () => {
    expect(findReferences(`${SECOND} et ${OURS}`).ours).toEqual([SECOND, OURS]);
    expect(findReferences(SECOND + OURS).ours).toEqual([SECOND, OURS]);
  });

  it('is told from that of a debit note, with the mistakes that people make in either', () => {
    const note = debitNoteReference('0190c2f4-7a10-7cc3-98c4-dc0c0c07398f');
    expect(findReferences(`rembt ${printReference(note).toLowerCase()}`)).toEqual({ ours: [], debitNotes: [note], placeInvoices: [], gifts: [], others: [] });
    expect(findReferences(note.replaceAll('0', 'O').replaceAll('1', 'l'))).toMatchObject({ ours: [], debitNotes: [note] });
    expect(findReferences(`${OURS}${note}`)).toMatchObject({ ours: [OURS], debitNotes: [note] });
    expect([isOrderReference(note), isDebitNoteReference(OURS), isCreditorReference(note)]).toEqual([false, false, true]);
  });

  it('is told from that of an invoice to a place', () => {
    const invoice = placeInvoiceReference('0190c2f4-7a10-7cc3-98c4-dc0c0c07398f');
    expect(findReferences(`fact. ${printReference(invoice).toLowerCase()}`)).toEqual({ ours: [], debitNotes: [], placeInvoices: [invoice], gifts: [], others: [] });
    expect(findReferences(`${OURS}${invoice}`)).toMatchObject({ ours: [OURS], debitNotes: [], placeInvoices: [invoice] });
  });

  it('is told from that of a gift to a pool, of which the national one has the same for ever', () => {
    expect(giftReference(null)).toBe('RF04MRC0000000000');
    const gift = giftReference('0190c2f4-7a10-7cc3-98c4-dc0c0c07398f');
    expect(findReferences(`don ${printReference(gift).toLowerCase()}`)).toEqual({ ours: [], debitNotes: [], placeInvoices: [], gifts: [gift], others: [] });
    expect(findReferences(`${OURS}${giftReference(null).replaceAll('0', 'O')}`)).toMatchObject({ ours: [OURS], gifts: [giftReference(null)], others: [] });
    expect([isGiftReference(OURS), isOrderReference(gift), isCreditorReference(gift)]).toEqual([false, false, true]);
  });

  it.each([
    ['a wrong check', 'RF74MRO6W1G60EECF'],
    ['a wrong character', 'RF75MRO6W1G60EEDF'],
    ['a character left out', 'RF75MRO6W1G60EEF'],
    ['no prefix', 'MRO6W1G60EECF'],
    ['nothing', ''],
  ])('is not found with %s', (_, text) => {
    expect(findReferences(text)).toEqual({ ours: [], debitNotes: [], placeInvoices: [], gifts: [], others: [] });
  });

  it('is found wherever it stands in any text', () => {
    fc.assert(fc.property(anId, fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), fc.nat(16), (id, before, after, fold) => {
      const reference = orderReference(idOf('order', id));
      const folded = `${reference.slice(0, fold)}\n${reference.slice(fold)}`;
      expect(findReferences(`${before} ${folded} ${after}`).ours).toContain(reference);
    }));
  });

  it('is not imagined in texts that have none', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'RFMRO0123456789 ABC'), maxLength: 400 }), (text) => {
      for (const found of findReferences(text).ours) expect(text.replace(/\s/g, '').replaceAll('O', '0')).toContain(found.slice(7));
    }), { numRuns: 500 });
  });

  it('costs little in a hostile text', () => {
    const started = process.cpuUsage().user;
    findReferences('RF75MRO6'.repeat(100_000));
    findReferences('RF75 MRO '.repeat(100_000));
    expect(process.cpuUsage().user - started).toBeLessThan(1_000_000);
  });
});

describe("somebody else's reference", () => {
  it.each([
    [OTHER, [OTHER]],
    ['VIR RF18 5390 0754 7034 FACT 12', [OTHER]],
    ['rf18539007547034', [OTHER]],
    [`${OURS} ${OTHER}`, [OTHER]],
    ['RF19539007547034', []],
    ['PERF18539007547034', []],
  ])('in %s is told apart from ours', (text, others) => {
    expect(findReferences(text).others).toEqual(others);
  });
});

describe('an end-to-end id', () => {
  it('fits 35 characters and leads back to its payment, whatever the bank does to its letters', () => {
    fc.assert(fc.property(anId, (id) => {
      const paymentId = idOf('payment', id);
      const endToEndId = endToEndIdOf(paymentId);
      expect(endToEndId).toMatch(/^MR[0-9a-f]{32}$/);
      expect(paymentIdOf(endToEndId)).toBe(paymentId);
      expect(paymentIdOf(` ${endToEndId.toUpperCase()} `)).toBe(paymentId);
    }));
  });

  it.each(['NOTPROVIDED', '', 'MR', 'MR0190c2f47a107cc398c4dc0c0c07398', 'XX0190c2f47a107cc398c4dc0c0c07398f', 'INVOICE 12'])(
    'of somebody else names no payment: %s', (text) => {
      expect(paymentIdOf(text)).toBeUndefined();
    });
});
