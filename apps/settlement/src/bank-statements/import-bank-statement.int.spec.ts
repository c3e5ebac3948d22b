import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BankCreditBookedV1, orderReference, ReceiptMatchedV1 } from '#libs/contracts';
import { cents, idOf, localDate } from '#libs/kernel';
import { FakeBank, fakeIban, sampleData, writeCamt053, writeCfonb120, type FakeEntry, type FakeStatement } from '#libs/testing';
import { BIC, shown, SettlementWorld } from '../../../../test/builders/settlement-world.js';

const PAYER = { name: 'DRFIP', iban: fakeIban(50) };
let world: SettlementWorld;
let bank: FakeBank;
let accountId: string;
let accounts = 10;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());
/** Each test has a bank account of its own, so that no chain of balances leads from one to another. */
beforeEach(async () => {
  accounts += 1;
  bank = bankOf(accounts);
  const { bankAccountId } = await world.done('bank-accounts', { name: 'CANTONNEMENT', iban: bank.account.iban, bic: BIC });
  accountId = String(bankAccountId);
});

const bankOf = (account: number) => new FakeBank({
  iban: fakeIban(account), ownerName: 'CANTONNEMENT', bic: BIC, openingCents: cents(500), day: localDate('2026-04-02'),
});
const reference = () => orderReference(idOf('order', world.newId()));
const imported = () => world.count('bank_statement', `bank_account_id = '${accountId.slice(4)}'`);
const facts = async () => Promise.all(['bank_statement', 'bank_statement_file', 'bank_line', 'transfer', 'outbox'].map((table) => world.count(table)));
const statement = (over: Partial<FakeStatement> = {}, entries: readonly FakeEntry[] = []): FakeStatement => ({
  messageId: 'M1', statementId: 'S1', sequence: 1, day: localDate('2026-04-02'), iban: bank.account.iban, ownerName: 'X', bic: BIC,
  openingCents: cents(0), closingCents: cents(0), entries, ...over,
});

describe('a bank statement that comes twice', () => {
  it('changes nothing the second time, and says so', async () => {
    bank.receive({ amountCents: cents(1000), from: PAYER, reference: reference() });
    const xml = bank.closeDay();
    const first = await world.importStatement(xml);
    expect(first.body).toMatchObject({ statements: [{ known: false, bankAccountId: accountId, lines: { payer_receipt: 1 } }] });
    const before = await facts();
    const again = await world.importStatement(xml);
    expect(again.body).toMatchObject({ statements: [{ known: true, lines: {} }] });
    expect((again.body['statements'] as { bankStatementId: string }[])[0]!.bankStatementId)
      .toBe((first.body['statements'] as { bankStatementId: string }[])[0]!.bankStatementId);
    expect(await facts()).toEqual(before);
  });

  it('changes nothing when it comes in CFONB 120 after it came as camt.053, or the other way round', async () => {
    const entry: FakeEntry = {
      side: 'credit', amountCents: cents(700), status: 'BOOK', bookedOn: localDate('2026-04-02'), entryRef: 'R1', code: ['PMNT', 'RCDT', 'ESCT'],
      note: 'VIR', details: [{ amountCents: cents(700), counterparty: PAYER, text: [reference()] }],
    };
    const out: FakeEntry = { ...entry, side: 'debit', entryRef: 'R2', details: [] };
    const first = statement({ closingCents: cents(700) }, [entry]);
    // Nothing moved in sum: the chain of balances alone would book it again.
    const second = statement({ statementId: 'S2', day: localDate('2026-04-03'), openingCents: cents(700), closingCents: cents(700) }, [entry, out]);
    const text = (told: FakeStatement) => world.importStatement(writeCfonb120([told]), { type: 'text/plain' });
    const knownIn = ({ body }: { body: Record<string, unknown> }) => (body['statements'] as { known: boolean }[]).map(({ known }) => known);
    expect(knownIn(await world.importStatement(writeCamt053([first])))).toEqual([false]);
    expect(knownIn(await text(first))).toEqual([true]);
    expect(knownIn(await text(second))).toEqual([false]);
    expect(knownIn(await world.importStatement(writeCamt053([second])))).toEqual([true]);
    expect(knownIn(await text(second))).toEqual([true]);
    expect(await imported()).toBe(2);
  });

  it('is booked in CFONB 120 as it would be as camt.053: receipts, charges, and what nobody can name', async () => {
    bank.receive({ amountCents: cents(1000), from: PAYER, text: [`VIR ${reference()}`] });
    bank.receive({ amountCents: cents(30), from: PAYER, text: ['SANS REFERENCE'] });
    bank.charge(cents(120));
    const answer = await world.importStatement(bank.closeDay('cfonb120'), { type: 'text/plain' });
    expect(answer.body).toMatchObject({ statements: [{ known: false, lines: { payer_receipt: 1, unknown_credit: 1, bank_charge: 1 } }] });
    expect(await world.balance(`bank:${accountId.slice(4)}`)).toBe(-910);
  });

  it.each([
    ['a CSV', 'Date;Montant\n2026-03-02;12,00\n', 'bank_file_format_unknown'],
    ['a ragged CFONB', `0199999    00001EUR2 00000000012  020426${' '.repeat(50)}0000000000000{\r\n`, 'bank_file_malformed'],
  ])('%s is refused whole, and nothing is kept of it', async (_name, text, code) => {
    const before = await facts();
    expect((await world.importStatement(text, { type: 'text/plain' })).body.code).toBe(code);
    expect(await facts()).toEqual(before);
  });

  it('is booked once when both arrive at the same moment', async () => {
    bank.receive({ amountCents: cents(1000), from: PAYER, reference: reference() });
    const xml = bank.closeDay();
    const answers = await world.atOnce(Array.from({ length: 5 }, () => () => world.importStatement(xml)));
    const known = answers.map(({ body }) => (body['statements'] as { known: boolean }[])[0]!.known);
    expect(known.filter((one) => !one)).toHaveLength(1);
    expect(await imported()).toBe(1);
    expect(await world.balance(`bank:${accountId.slice(4)}`)).toBe(-1000);
  });

  it('is the same though the bank wrote another header around it', async () => {
    bank.receive({ amountCents: cents(1000), from: PAYER, reference: reference() });
    const xml = bank.closeDay();
    await world.importStatement(xml);
    const fetchedAgain = xml.replace(/<MsgId>[^<]+/, '<MsgId>OTHER').replaceAll('T21:30:00', 'T23:59:00');
    expect(fetchedAgain).not.toBe(xml);
    expect((await world.importStatement(fetchedAgain)).body).toMatchObject({ statements: [{ known: true }] });
  });

  it('is refused when the same id comes with other lines', async () => {
    const line = { side: 'credit', amountCents: cents(70), status: 'BOOK', bookedOn: localDate('2026-04-02'), entryRef: 'A', code: ['PMNT', 'RCDT', 'ESCT'], note: 'x', details: [] } as const;
    await world.importStatement(writeCamt053([statement({ closingCents: cents(70) }, [line])]));
    const other = writeCamt053([statement({ closingCents: cents(71) }, [{ ...line, amountCents: cents(71) }])]);
    expect(await world.importStatement(other)).toMatchObject({ status: 409, body: { code: 'bank_statement_id_reused' } });
    expect(await imported()).toBe(1);
  });
});

describe('a bank file', () => {
  const broken = (change: (xml: string) => string | Buffer) => () => {
    bank.receive({ amountCents: cents(1000), from: PAYER, reference: reference() });
    return change(bank.closeDay());
  };
  const manyLines = () => {
    const entry = (index: number): FakeEntry => ({
      side: 'credit', amountCents: cents(1), status: 'BOOK', bookedOn: localDate('2026-04-02'), entryRef: `E${index}`, code: ['PMNT', 'RCDT', 'ESCT'], note: '', details: [],
    });
    const entries = Array.from({ length: 10_001 }, (_, index) => entry(index));
    return writeCamt053([statement({ closingCents: cents(10_001) }, entries)]);
  };

  it.each<[string, () => string | Buffer, string]>([
    ['cut off in the middle', broken((xml) => xml.slice(0, xml.length / 2)), 'bank_file_malformed'],
    ['with a document type', broken((xml) => xml.replace('<Document', '<!DOCTYPE x [<!ENTITY a "a">]><Document')), 'bank_file_has_dtd'],
    ['that is a payment file', broken((xml) => xml.replaceAll('BkToCstmrStmt', 'CstmrCdtTrfInitn')), 'bank_file_not_statement'],
    ['of an unknown version', broken((xml) => xml.replaceAll('camt.053.001.08', 'camt.053.001.13')), 'bank_file_version_unknown'],
    ['in an unknown encoding', broken((xml) => xml.replace(/^<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="EBCDIC-FR"?>')), 'bank_file_encoding_unknown'],
    ['with bytes that are not of its encoding', broken((xml) => Buffer.concat([Buffer.from(xml.replace('</Document>', '')), Buffer.from([0xff, 0xfe, 0x41])])), 'bank_file_encoding_wrong'],
    ['without the id of its statement', broken((xml) => xml.replace(/<Stmt>\s*<Id>[^<]*<\/Id>/, '<Stmt>')), 'bank_file_field_missing'],
    ['with an amount that is none', broken((xml) => xml.replace('>10.00<', '>10,00<')), 'bank_file_field_wrong'],
    ['with more money than there is', broken((xml) => xml.replaceAll('>10.00<', '>900000000000000000.00<').replaceAll('>15.00<', '>900000000000000005.00<')), 'bank_file_field_wrong'],
    ['with a sum that JSON would round', broken((xml) => xml.replaceAll('>10.00<', '>90071992547409.93<').replaceAll('>15.00<', '>90071992547414.93<')), 'bank_file_field_wrong'],
    ['of a day that no calendar has', broken((xml) => xml.replace(/<Bal>.*?<\/Bal>/gs, (balance) => balance.replace(/<Dt>.*<\/Dt>/s, ''))
      .replaceAll(/<CreDtTm>[^<]*</g, '<CreDtTm>2026-02-30T08:00:00<')), 'bank_file_field_wrong'],
    ['with a line of the year 0', broken((xml) => xml.replace(/(<BookgDt>\s*<Dt>)[^<]*/, '$10000-01-01')), 'bank_file_field_wrong'],
    ['nested without end', broken((xml) => xml.replace('<Bal>', `<Bal>${'<x>'.repeat(60)}${'</x>'.repeat(60)}`)), 'bank_file_too_complex'],
    ['of more lines than one transaction should hold', manyLines, 'bank_file_too_large'],
    ['of an account that is not ours', () => bankOf(9_999).closeDay(), 'bank_account_foreign'],
    ['in francs', broken((xml) => xml.replaceAll('"EUR"', '"CHF"').replaceAll('<Ccy>EUR', '<Ccy>CHF')), 'currency_unsupported'],
    ['with one line in francs', broken((xml) => xml.replace(/(<Ntry>\s*<Amt Ccy=)"EUR"/, '$1"CHF"')), 'currency_unsupported'],
    ['whose balances do not follow from its lines', broken((xml) => xml.replace('>15.00<', '>15.01<')), 'balances_do_not_add_up'],
    ['without a closing balance', broken((xml) => xml.replace('>CLBD<', '>ITAV<')), 'balances_do_not_add_up'],
  ])('%s is refused, and nothing of it is booked', async (_name, file, code) => {
    const xml = file();
    const before = await facts();
    const answer = await world.importStatement(Buffer.from(xml));
    expect([answer.body.code, answer.status]).toEqual([code, 422]);
    expect(await facts()).toEqual(before);
  });

  it('is booked whole or not at all, though only its second statement is wrong', async () => {
    const good = statement({ statementId: 'S1' });
    const wrong = statement({ statementId: 'S2', sequence: 2, day: localDate('2026-04-03'), closingCents: cents(1) });
    const before = await facts();
    expect((await world.importStatement(writeCamt053([good, wrong]))).body.code).toBe('balances_do_not_add_up');
    expect(await facts()).toEqual(before);
    expect((await world.importStatement(writeCamt053([good]))).status).toBe(200);
  });

  it('of two days is booked in the order of days, whatever the order of the file', async () => {
    const day = (ordinal: number, sequence: number): FakeStatement =>
      statement({ statementId: `D${ordinal}`, sequence, day: localDate(`2026-04-0${ordinal}`), openingCents: cents(0) });
    const answer = await world.importStatement(writeCamt053([day(3, 2), day(2, 1)]));
    expect(answer.status).toBe(200);
    const rows = await world.rows(`select statement_ref from settlement.bank_statement where bank_account_id = '${accountId.slice(4)}' order by ordinal`);
    expect(rows).toEqual([{ statement_ref: 'D2' }, { statement_ref: 'D3' }]);
  });

  it('waits for the statement before it', async () => {
    const first = bank.closeDay();
    bank.receive({ amountCents: cents(1000), from: PAYER, reference: reference() });
    const second = bank.closeDay();
    bank.charge(cents(5));
    const third = bank.closeDay();
    await world.importStatement(first);
    expect(await world.importStatement(third)).toMatchObject({ status: 409, body: { code: 'bank_statement_gap', retryable: true, details: { lastClosingCents: 500 } } });
    await world.importStatement(second);
    expect((await world.importStatement(third)).status).toBe(200);
  });

  it.each<[string, (text: string) => { text?: readonly string[]; endToEndId?: string }]>([
    ['a text', (text) => ({ text: [text] })], ['an end-to-end id', (endToEndId) => ({ endToEndId })],
  ])('is booked though %s is longer than what is kept of it, and the cut would go through a character', async (_, told) => {
    // One letter less in front of each: at some length the cut falls into the middle of the first face.
    for (let letters = 34; letters < 36; letters += 1) {
      bank.receive({ amountCents: cents(100), from: PAYER, ...told(`${'a'.repeat(letters)}${'\u{1f642}'.repeat(483)}`) });
    }
    const { body } = await world.importStatement(bank.closeDay());
    expect(body).toMatchObject({ statements: [{ known: false, lines: { unknown_credit: 2 } }] });
    const halves = `select 1 from settlement.bank_line where bank_account_id = '${accountId.slice(4)}' and remittance ~ '\ufffd'`;
    expect(await world.rows(halves)).toEqual([]);
  });

  it('that is not XML, or longer than 10 MB, is not read at all', async () => {
    expect((await world.post('bank-statements', { body: {} })).body.code).toBe('media_type_unsupported');
    expect(await world.importStatement(Buffer.alloc(10_485_761, 32))).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });

  const folder = sampleData('banque');
  const present = folder ? it : it.skip;
  present(`of a real bank is refused with a reason and never breaks anything${folder ? '' : ' (skipped: no sample data at hand)'}`, async () => {
    const codes = new Set<string>();
    for (const name of readdirSync(folder!).filter((file) => file.endsWith('.xml'))) {
      const answer = await world.importStatement(readFileSync(join(folder!, name)));
      expect([name, answer.status]).toEqual([name, 422]);
      codes.add(String(answer.body.code));
    }
    expect([...codes].sort()).toEqual(['bank_account_foreign', 'bank_file_not_statement']);
  });
});

describe('the lines of a statement', () => {
  it('keep a pending credit out of the books', async () => {
    bank.receive({ amountCents: cents(900), from: PAYER, reference: reference(), pending: true });
    expect((await world.importStatement(bank.closeDay())).body).toMatchObject({ statements: [{ lines: {} }] });
  });

  it('give every receipt a line and an event of its own, also where the bank collected them', async () => {
    const before = (await world.emitted(BankCreditBookedV1)).length;
    const detail = (amount: number) => ({ amountCents: cents(amount), counterparty: PAYER, reference: reference() });
    const entry: FakeEntry = {
      side: 'credit', amountCents: cents(300), status: 'BOOK', bookedOn: localDate('2026-04-02'), entryRef: 'C1', code: ['PMNT', 'RCDT', 'ESCT'],
      note: '', details: [detail(100), detail(200)],
    };
    expect((await world.importStatement(writeCamt053([statement({ closingCents: cents(300) }, [entry])]))).body)
      .toMatchObject({ statements: [{ lines: { payer_receipt: 2 } }] });
    expect((await world.emitted(BankCreditBookedV1)).slice(before).map(({ body }) => body.amountCents)).toEqual([100, 200]);
  });

  it('show what issuance matched them to', async () => {
    bank.receive({ amountCents: cents(1000), from: PAYER, reference: reference() });
    await world.importStatement(bank.closeDay());
    const list = async () => (await world.get(`bank-lines?bankAccountId=${accountId}`)).body['items'] as { bankLineId: string; matches: unknown[] }[];
    const [line] = await list();
    expect(line).toMatchObject({ matches: [] });
    const match = { bankLineId: line!.bankLineId.slice(4), orderId: world.newId(), shares: [{ payerId: world.newId(), amountCents: 1000 }], amountCents: 1000, currency: 'EUR' as const };
    const id = world.newId();
    await world.take(ReceiptMatchedV1, match, { id });
    await world.take(ReceiptMatchedV1, match, { id });
    expect((await list())[0]).toMatchObject({ matches: [{ orderId: shown('order', match.orderId), amountCents: 1000 }] });
  });
});
