import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, isRejected, localDate } from '#libs/kernel';
import { FakeBank, fakeIban, writeCfonb120 } from '../../../../../libs/testing/src/fake-bank/index.js';
import { checkBalance } from '../bank-statement.js';
import { endToEndIdOf } from '../end-to-end-id.js';
import { readBankFile } from '../read-bank-file.js';
import { readCfonb120 } from './cfonb120.js';
import { frenchIban } from './french-account.js';

const DAY = localDate('2026-03-02');
const bankOf = () => new FakeBank({ iban: fakeIban(1), ownerName: 'MEREAU', bic: 'FAKEFRPPXXX', openingCents: cents(-500), day: DAY });
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
function read(text: string | Uint8Array) {
  const file = readCfonb120(typeof text === 'string' ? bytes(text) : text);
  if (isRejected(file)) throw new Error(`${file.code} ${JSON.stringify(file.details)}`);
  return file;
}
const empty = (over = {}) => writeCfonb120([{
  messageId: 'M', statementId: 'S', sequence: 1, day: DAY, iban: fakeIban(1), ownerName: 'O', bic: 'FAKEFRPPXXX',
  openingCents: cents(0), closingCents: cents(0), entries: [], ...over,
}]);
const lines = (text: string) => text.split('\r\n').filter(Boolean);
const joined = (records: readonly string[]) => records.map((line) => `${line}\r\n`).join('');

describe('a statement in CFONB 120', () => {
  it('is read as the bank wrote it, below zero too, and its balances add up', () => {
    fc.assert(fc.property(
      fc.array(fc.record({ amount: fc.bigInt(1n, 10n ** 11n), credit: fc.boolean() }), { maxLength: 20 }),
      (movements) => {
        const bank = bankOf();
        for (const { amount, credit } of movements) {
          if (credit) bank.receive({ amountCents: cents(amount), from: { name: 'CCAS', iban: fakeIban(5) }, text: ['BON 12', 'suite'], endToEndId: 'E2E' });
          else bank.charge(cents(amount));
        }
        const closingCents = bank.balanceCents;
        const [statement] = read(bank.closeDay('cfonb120')).statements;
        expect(statement).toMatchObject({ iban: fakeIban(1), currency: 'EUR', openingCents: -500n, closingCents, closingDate: DAY });
        expect(checkBalance(statement!)).toEqual({ state: 'adds_up' });
        expect(statement!.entries.map(({ side, amountCents, bankTransactionCode }) => [side, amountCents, bankTransactionCode]))
          .toEqual(movements.map(({ amount, credit }) => (credit ? ['credit', amount, 'CFONB/05'] : ['debit', amount, 'CFONB/62'])));
        for (const { transactions: [credit] } of statement!.entries.filter(({ side }) => side === 'credit')) {
          expect(credit).toMatchObject({
            endToEndId: 'E2E', counterparty: { name: 'CCAS', iban: fakeIban(5) }, references: { unstructured: ['BON 12', 'suite'] }, returned: false,
          });
        }
      }), { numRuns: 50 });
  });

  it('tells a payment of ours that came back by the id that it left with', () => {
    const bank = bankOf();
    const id = endToEndIdOf(idOf('payment', '0190c2f4-7a10-7cc3-98c4-dc0c0c07398f'));
    bank.receive({ amountCents: cents(966), from: { name: 'LIEU', iban: fakeIban(7) }, endToEndId: id });
    expect(read(bank.closeDay('cfonb120')).statements[0]!.entries[0]!.transactions[0]).toMatchObject({ returned: true, originalEndToEndId: id });
  });

  it('has only text that can be kept, in the places where the bank wrote it', () => {
    const bank = bankOf();
    bank.receive({ amountCents: cents(100), from: { name: 'CCAS', iban: fakeIban(5) }, text: ['XXBON 12'] });
    const sound = bank.closeDay('cfonb120');
    for (const odd of ['\0\0', '\u{1f642}']) {
      const [entry] = read(sound.replace('XXBON', `${odd}BON`)).statements[0]!.entries;
      expect(entry).toMatchObject({ amountCents: 100n, transactions: [{ references: { unstructured: [expect.stringMatching(/^(\?\?)?BON 12$/)] } }] });
    }
  });

  it('may stand beside others, between blank lines, without line ends, with LF alone, and in ISO 8859-1', () => {
    const text = empty();
    const two = text + empty({ day: localDate('2026-03-03') });
    expect(read(two).statements.map(({ closingDate }) => closingDate)).toEqual(['2026-03-02', '2026-03-03']);
    expect(read(two.replaceAll('\r\n', '\r\n\r\n')).statements).toHaveLength(2);
    expect(read(two.replaceAll('\r\n', '')).statements).toHaveLength(2);
    expect(read(two.replaceAll('\r\n', '\n')).statements).toHaveLength(2);
    const bank = bankOf();
    bank.receive({ amountCents: cents(1), from: { name: 'Évian', iban: fakeIban(5) } });
    const accented = bank.closeDay('cfonb120');
    for (const encoding of ['latin1', 'utf8'] as const) {
      expect(read(bytes(accented, encoding)).statements[0]!.entries[0]!.transactions[0]!.counterparty.name).toBe('Évian');
    }
  });

  it('names its account by IBAN, worked out from bank, branch and number', () => {
    for (const account of [0, 1, 42, 99_999_999_999]) {
      const iban = fakeIban(account);
      expect(frenchIban(iban.slice(4, 9), iban.slice(9, 14), iban.slice(14, 25))).toBe(iban);
    }
    // A number with a letter, as the postal bank has them; the example that banks print.
    expect(frenchIban('20041', '01005', '0500013M026')).toBe('FR1420041010050500013M02606');
    expect(frenchIban('2004', '01005', '0500013M026')).toBeUndefined();
  });

  const [opening, closing] = lines(empty());
  const movement = lines((() => { const bank = bankOf(); bank.charge(cents(1)); return bank.closeDay('cfonb120'); })())[1]!;
  const put = (line: string, first: number, text: string) => line.slice(0, first - 1) + text + line.slice(first - 1 + text.length);
  it.each([
    ['a record that is too short', [opening!.slice(0, 119), closing!], 'bank_file_malformed', 1],
    ['a record that is too long', [opening!, `${closing!} `], 'bank_file_malformed', 2],
    ['an unknown record', [opening!, put(movement, 1, '09'), closing!], 'bank_file_malformed', 2],
    ['no new balance', [opening!, movement], 'bank_file_field_missing', 2],
    ['no new balance before the next old one', [opening!, opening!, closing!], 'bank_file_field_missing', 2],
    ['no old balance', [movement, closing!], 'bank_file_field_missing', 1],
    ['more about a movement that is not there', [opening!, put(movement, 1, '05'), closing!], 'bank_file_field_missing', 2],
    ['a movement of another account', [opening!, put(movement, 22, '00000000002'), closing!], 'bank_file_field_wrong', 2],
    ['a movement in another currency', [opening!, put(movement, 17, 'USD'), closing!], 'bank_file_field_wrong', 2],
    ['an amount without its sign', [opening!, put(movement, 104, '1'), closing!], 'bank_file_field_wrong', 2],
    ['an amount with a letter', [opening!, put(movement, 95, 'O'), closing!], 'bank_file_field_wrong', 2],
    ['half a cent', [put(opening!, 20, '3'), put(put(movement, 20, '3'), 103, '5{'), put(closing!, 20, '3')], null, 0],
    ['a tenth of a cent', [put(opening!, 20, '3'), put(put(movement, 20, '3'), 103, '5A'), put(closing!, 20, '3')], 'bank_file_field_wrong', 2],
    ['a day that is none', [opening!, put(movement, 35, '300226'), closing!], 'bank_file_field_wrong', 2],
    ['an empty file', [], 'bank_file_field_missing', 1],
  ])('with %s is refused at its line', (_name, records, code, line) => {
    const file = readCfonb120(bytes(joined(records)));
    if (code === null) expect(isRejected(file)).toBe(false);
    else expect(file).toMatchObject({ code, details: { line } });
  });

  it('costs little where it is hostile: movements and complements are bounded, and so is the file', () => {
    const complement = put(movement, 1, '05');
    expect(readCfonb120(bytes(joined([opening!, movement, ...Array.from({ length: 101 }, () => complement), closing!])))).toMatchObject({ code: 'bank_file_too_complex' });
    expect(readCfonb120(Buffer.alloc(40_000_001))).toMatchObject({ code: 'bank_file_too_large' });
  });
});

describe('a file of a bank', () => {
  it.each([
    ['XML behind a byte order mark', '\uFEFF<Document/>', { code: 'bank_file_field_missing' }],
    ['a web page', '<html/>', { code: 'bank_file_not_statement' }],
    ['CFONB 120', empty(), { format: 'cfonb120' }],
    ['CFONB 240', `3100000120181220E${' '.repeat(223)}\n`, { code: 'bank_file_not_statement', details: { found: 'CFONB 240' } }],
    ['CSV', 'Date;Libellé;Montant\n2026-03-02;VIR;12,00\n', { code: 'bank_file_format_unknown', details: { begins: 'Date;Libell??;Montan' } }],
    ['a formula', '=cmd|calc', { code: 'bank_file_format_unknown' }],
    ['a PDF', '%PDF-1.7', { code: 'bank_file_format_unknown' }],
    ['nothing', '', { code: 'bank_file_malformed' }],
  ])('that is %s is known by its first bytes', (_name, text, expected) => {
    expect(readBankFile(bytes(text))).toMatchObject(expected);
  });
});
