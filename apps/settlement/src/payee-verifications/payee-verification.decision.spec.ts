import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRejected, type BankAccountId } from '#libs/kernel';
import { sampleData } from '#libs/testing';
import { readPain002 } from '../bank-files/pain002/pain002.js';
import type { PaymentReport } from '../bank-files/payment-report.js';
import { decideAnsweredAt, decideVerification, type AskedVersion } from './payee-verification.decision.js';
import { answersIn, askedName } from './read-answers.js';

const IBAN = 'FR7630006000011234567890189';
const version = (id: string, { iban = IBAN, holder = 'Média-Pôle' } = {}): AskedVersion => ({ id: id as BankAccountId, iban, name: askedName(holder) });
const report = (code: string, creditor?: { name: string; iban: string }, text?: string): PaymentReport => ({
  messageId: 'R1', createdAt: '2026-04-02T18:00:00Z', originalMessageId: 'M1', status: {},
  parts: [{ paymentInformationId: 'P1', status: {}, payments: [{ ...(creditor && { creditor }), status: { code, ...(text && { text }) } }] }],
});
const decide = (told: PaymentReport, ...asked: AskedVersion[]) => decideVerification(answersIn(told), asked);

describe('the moment of an answer', () => {
  it.each([
    ['2026-04-02T07:00:00Z', '2026-04-02T07:00:00.000Z'], ['2026-04-02T09:00:00+02:00', '2026-04-02T07:00:00.000Z'],
    ['2026-04-02T09:00:00+0200', '2026-04-02T07:00:00.000Z'], ['2026-04-02T07:00:00', '2026-04-02T07:00:00.000Z'],
    ['2026-04-03T08:00:00Z', '2026-04-03T08:00:00.000Z'], ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000Z'],
    ['2026-04-03T08:00:00.001Z', undefined], ['2099-01-01T00:00:00Z', undefined], ['2019-12-31T23:59:59Z', undefined],
    ['0000-01-01T00:00:00Z', undefined], ['2026-04-02T07:00:00 GMT', undefined],
  ])('%s is %s', (text, expected) => {
    const decided = decideAnsweredAt(text, new Date('2026-04-02T08:00:00Z'));
    expect(isRejected(decided) ? undefined : decided.toISOString()).toBe(expected);
  });
});

describe('an answer of the bank about a payee', () => {
  it.each([['RCVC', 'match'], ['RVMC', 'close_match'], ['RVNM', 'no_match'], ['RVNA', 'not_possible']])('with the status %s says %s', (code, outcome) => {
    expect(decide(report(code, { iban: IBAN, name: 'MEDIA-POLE' }, 'MEDIA POLE SAS'), version('a'))).toMatchObject({
      versions: [{ ordinal: 0, bankAccountId: 'a', outcome, bankText: 'MEDIA POLE SAS' }], strangers: 0,
    });
  });

  it('is about each version with that IBAN and holder, and about no other', () => {
    const told = report('RCVC', { iban: IBAN, name: 'Media-Pole' });
    const asked = [version('a'), version('b'), version('c', { holder: 'Commune' }), version('d', { iban: 'FR1420041010050500013M02606' })];
    expect(decide(told, ...asked)).toMatchObject({ versions: [{ bankAccountId: 'a' }, { bankAccountId: 'b' }] });
    expect(decide(told, version('c', { holder: 'Commune' }))).toMatchObject({ versions: [], strangers: 1 });
    expect(decide(report('RCVC'), version('a'))).toMatchObject({ versions: [], strangers: 1 });
  });

  it('is none when the report is about payments', () => {
    expect(decide(report('ACSP', { iban: IBAN, name: 'Media-Pole' }), version('a'))).toMatchObject({ code: 'bank_file_not_verification' });
  });
});

describe('answers that banks wrote', () => {
  for (const [path, outcome] of [['concordance-RCVC', 'match'], ['discordance', 'no_match']] as const) {
    const file = sampleData(`banque/atruvia-vop__pain.002.001.10-vop-${path}.xml`);
    (file ? it : it.skip)(`are read: ${path}${file ? '' : ' (skipped: no sample data)'}`, () => {
      // Made anonymous by its publisher: the id is then longer than the standard allows.
      const read = readPain002(Buffer.from(readFileSync(file!, 'utf8').replace(/X{16}/, 'X')));
      if (isRejected(read)) throw new Error(read.code);
      expect(decide(read, version('a', { iban: 'DE00ABCDEFGH1234567890', holder: 'Testempfänger' }))).toMatchObject({ versions: [{ outcome }], strangers: 0 });
    });
  }
});
