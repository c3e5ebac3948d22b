import { describe, expect, it } from '@jest/globals';
import { FeeChangeAnnouncedV1, PAYEE_DOCUMENTS, PayeeBankChangedV1, PayeeDocumentsIssuedV1, PlaceChargeAnnouncedV1, VINTAGE_NOTICES } from '#libs/contracts';
import { localDate } from '#libs/kernel';
import {
  chargeNotice, DOCUMENT_NOTICES, documentNotice, feeNotice, isDeclined, isOptional, nextTryAt, PAYEE_NOTICES, payeeNotice,
  type ChargeTerms, type Language,
  type NoticeName, type PayeeNoticeName,
} from './notice.decision.js';
import { exampleOf } from './fee-notice-words.js';
import { noticeWords } from './notice-words.js';

describe('a notice', () => {
  it.each<[NoticeName, boolean]>([
    ['ends_in_thirty_days', true], ['sign_off_due', false], ['charge_to_acknowledge', false], ['stop_handing_over', false],
    ['use_ended', true], ['claims_ended', true],
    ['bank_account_approved', false], ['bank_change_proposed', false], ['bank_changed', false],
    ['fee_rule_changed', false], ['place_charge_changed', false],
    ['statement_closed', true], ['place_invoice_issued', false], ['place_credit_note_issued', false], ['debit_note_issued', false],
    ['second_factor_begun', false], ['second_factor_reset', false], ['finding_raised', false], ['finding_closed', false],
  ])('%s can be declined: %s', (notice, optional) => {
    expect(isOptional(notice)).toBe(optional);
    expect([isDeclined(notice, { optional: false }), isDeclined(notice, { optional: true })]).toEqual([optional, false]);
  });

  it.each(VINTAGE_NOTICES)('%s says in two languages what it is about, and when', (name) => {
    const facts = { name, programmeName: 'Pass\r\nBcc: x', usableUntil: localDate('2028-02-29'), claimableUntil: localDate('2028-03-31'), baseUrl: 'https://rail.example' };
    const [french, english] = [noticeWords(facts, 'fr'), noticeWords(facts, 'en')];
    for (const { subject, text } of [french, english]) {
      expect(subject).toMatch(/^Pass Bcc: x/);
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain('https://rail.example');
    }
    expect(french.text).toMatch(/29 février 2028|31 mars 2028/);
    expect(english.text).toMatch(/29 February 2028|31 March 2028/);
  });

  it.each<[number, 'proposed' | 'approved', PayeeNoticeName]>([
    [1, 'approved', 'bank_account_approved'], [2, 'proposed', 'bank_change_proposed'], [2, 'approved', 'bank_changed'], [9, 'approved', 'bank_changed'],
  ])('of version %s of a payee\'s bank account, %s, is %s, for each of its places', (bankVersion, step, notice) => {
    const { places, ...sample } = PayeeBankChangedV1.sample;
    expect(payeeNotice({ ...sample, places, bankVersion, step })).toEqual({
      notice, payeeId: sample.payeeId, payeeName: sample.payeeName, rail: 'sepa', bankVersion, coolingOffHours: 72, parties: [{ kind: 'place', partyId: places[0] }],
    });
  });

  it.each<[boolean, PayeeNoticeName]>([[false, 'bank_account_approved'], [true, 'bank_changed']])('of a first Stripe account, beside an IBAN: %s, is %s', (leadsAway, notice) => {
    const body = { ...PayeeBankChangedV1.sample, rail: 'stripe' as const, bankVersion: 1, step: 'approved' as const, ...(leadsAway && { leadsAway }) };
    expect(payeeNotice(body)).toMatchObject({ notice, rail: 'stripe' });
  });

  it.each([[0, 1], [1, 2], [5, 32], [6, 60], [1_000, 60]])('is tried again after %s tries in %s minutes', (tries, minutes) => {
    const now = new Date('2026-12-01T09:00:00Z');
    expect(nextTryAt(tries, now).getTime() - now.getTime()).toBe(minutes * 60_000);
  });
});

describe('a notice of a payee\'s bank account', () => {
  const words = (name: PayeeNoticeName, language: Language, coolingOffHours = 72) => {
    const { subject, text } = noticeWords({ name, rail: 'sepa', payeeName: 'Commune\r\nBcc: x', coolingOffHours, baseUrl: 'https://rail.example' }, language);
    return { subject, text: text.replaceAll('\u00a0', ' ') };
  };

  it.each(PAYEE_NOTICES)('%s says whom it is about, to write to the operator, and how long nothing is paid', (name) => {
    for (const language of ['fr', 'en'] as const) {
      const { subject, text } = words(name, language);
      expect(subject).toMatch(/^Commune Bcc: x/);
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain(language === 'fr' ? 'écrivez tout de suite à l’opérateur' : 'write to the operator at once');
      expect(text).toContain(language === 'fr' ? 'non en répondant à ce message' : 'not by answering this message');
      expect(text).toContain(language === 'fr' ? '72 heures' : '72 hours');
    }
  });

  it.each(PAYEE_NOTICES)('%s promises no waiting where there is none', (name) => {
    for (const language of ['fr', 'en'] as const) {
      expect(words(name, language, 0).text).not.toMatch(/\d+ (heure|hour)/);
      expect(words(name, language, 1).text).toMatch(/\b1 (heure|hour)\b/);
    }
  });

  it.each(PAYEE_NOTICES)('%s has the one link that every notice ends with, and no digits but those of the hours', (name) => {
    for (const language of ['fr', 'en'] as const) {
      const { subject, text } = words(name, language);
      expect(`${subject}${text}`.match(/https?:\S*/g)).toEqual(['https://rail.example']);
      expect(`${subject}${text}`.match(/\d+/g)).toEqual(['72']);
    }
  });

  it('says apart what was asked for, what was changed, and what is the first', () => {
    const texts = PAYEE_NOTICES.flatMap((name) => (['fr', 'en'] as const).map((language) => words(name, language).text));
    expect(new Set(texts).size).toBe(6);
    expect(words('bank_change_proposed', 'fr').text).toContain('a demandé de changer le compte bancaire');
    expect(words('bank_changed', 'en').text).toContain('was changed');
    expect(words('bank_account_approved', 'en').text).toContain('can be paid');
  });
});

describe('a notice of changed fees', () => {
  const { before, after } = FeeChangeAnnouncedV1.sample;
  const words = (language: Language, feeRates = { before, after }) => {
    const facts = {
      name: 'fee_rule_changed', programmeName: 'Pass\r\nBcc: x', feeFrom: localDate('2026-06-01'), feeRates,
      baseUrl: 'https://rail.example',
    } as const;
    const { subject, text } = noticeWords(facts, language);
    return { subject, text: text.replaceAll(/[\u00a0\u202f]/g, ' ') };
  };

  it('goes to each place of the programme', () => {
    const { places, ...told } = FeeChangeAnnouncedV1.sample;
    expect(feeNotice(FeeChangeAnnouncedV1.sample)).toEqual({ ...told, notice: 'fee_rule_changed', parties: [{ kind: 'place', partyId: places[0] }] });
  });

  it('shares 100 euros as a statement does: VAT on the fee, commons on the gross', () => {
    expect(exampleOf({ feeBasisPoints: 333, vatBasisPoints: 2000, commonsBasisPoints: 50 }))
      .toEqual({ fee: 333n, vat: 67n, commons: 50n, net: 9_550n });
  });

  it('says what changes, from when, what that is of 100 euros, and that a place can leave', () => {
    const { subject, text } = words('fr');
    expect(subject).toBe('Pass Bcc: x : les frais changent le 1er juin 2026');
    expect(text).toContain('aujourd’hui : frais 2,00 € HT, TVA 0,40 €, fonds commun 1,00 € ; il vous revient 96,60 €');
    expect(text).toContain('à partir du 1er juin 2026 : frais 3,00 € HT, TVA 0,60 €, fonds commun 1,00 € ; il vous revient 95,40 €');
    expect(text).toContain('vous pouvez quitter le programme avant cette date, sans frais et par vous-même : dans votre espace, page Agrément');
    const english = words('en').text;
    expect(english).toContain('from 1 June 2026 on: fee €3.00 without VAT, VAT €0.60, commons €1.00; €95.40 are yours');
    expect(english).toContain('you can leave the programme before that day, free of charge and by yourself');
  });

  it('speaks of leaving only where a place gets less', () => {
    expect(words('fr', { before: after, after: before }).text).not.toContain('quitter');
    expect(words('en', { before: after, after: before }).text).not.toContain('leave');
  });
});

const plainBlanks = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a notice of a document', () => {
  const [sample] = PayeeDocumentsIssuedV1.sample.documents;
  const words = (name: (typeof DOCUMENT_NOTICES)[number], language: Language, over: Partial<Record<'number' | 'period' | 'dueOn', string | null>> = {}) => {
    const document = { number: 'FL-2026-000123', period: '2026-03', amountCents: 9_240, dueOn: '2026-05-02', ...over } as never;
    const { subject, text } = noticeWords({ name, payeeName: 'Commune\r\nBcc: x', document, baseUrl: 'https://rail.example' }, language);
    return { subject: plainBlanks(subject), text: plainBlanks(text) };
  };

  it('is one of four, for each place of the payee', () => {
    expect(PAYEE_DOCUMENTS.map((kind) => documentNotice({ ...sample!, kind }).notice)).toEqual([...DOCUMENT_NOTICES]);
    const { kind: _, places, ...document } = sample!;
    expect(documentNotice(sample!)).toEqual({ ...document, notice: 'place_invoice_issued', parties: [{ kind: 'place', partyId: places[0] }] });
  });

  it.each(DOCUMENT_NOTICES)('%s says of whom and what, with a link and without a number of an account', (name) => {
    for (const language of ['fr', 'en'] as const) {
      const { subject, text } = words(name, language);
      expect(subject).toMatch(/^Commune Bcc: x ?: /);
      expect(text).toContain(language === 'fr' ? '92,40 €' : '€92.40');
      expect(text).toContain('https://rail.example');
      expect(text).not.toMatch(/IBAN|FR\d\d /);
    }
  });

  it('says by when to pay, or that nothing is to be paid', () => {
    expect(words('place_invoice_issued', 'fr').text).toContain('au plus tard le 2 mai 2026');
    expect(words('place_invoice_issued', 'fr', { dueOn: null }).text).toContain('Rien n’est à payer');
    expect(words('debit_note_issued', 'en').text).toContain('by 2 May 2026');
  });
});

describe('a notice of a yearly charge', () => {
  const after: ChargeTerms = { amountCents: 7_700, vatBasisPoints: 2_000 };
  const words = (language: Language, chargeTerms: { before: ChargeTerms | null; after: ChargeTerms }) =>
    plainBlanks(noticeWords({ name: 'place_charge_changed', chargeFrom: localDate('2026-11-01'), chargeTerms, baseUrl: 'https://rail.example' }, language).text);

  it('goes to each place', () => {
    const { places, currency: _, ...told } = PlaceChargeAnnouncedV1.sample;
    expect(chargeNotice(PlaceChargeAnnouncedV1.sample)).toEqual({ ...told, notice: 'place_charge_changed', parties: [{ kind: 'place', partyId: places[0] }] });
  });

  it('says what a year costs, from which day, that it is owed whole, and that a place can leave before', () => {
    const french = words('fr', { before: null, after });
    expect(french).toContain('77,00 € HT, TVA 15,40 €, sont dus le 1er novembre 2026');
    expect(french).toContain('jamais au prorata');
    expect(french).toContain('vous pouvez quitter avant le 1er novembre 2026, sans frais et par vous-même : dites-le la veille au plus tard');
    expect(words('en', { before: { ...after, amountCents: 5_000 }, after })).toContain('Today: €50.00 a year without VAT, VAT €10.00.');
  });

  it('speaks of no leaving where it ends', () => {
    expect(words('fr', { before: after, after: { ...after, amountCents: 0 } })).not.toContain('quitter');
  });
});
