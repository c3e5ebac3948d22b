import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, cents, isRejected, localDate, sum } from '#libs/kernel';
import { FakeBank, fakeIban, writeCamt053 } from '../../../../../libs/testing/src/fake-bank/index.js';
import { checkBalance } from '../bank-statement.js';
import { referencesOfEntry } from '../references.js';
import { readCamt053 } from './camt053.js';

const DAY = localDate('2026-03-02');
const bankOf = (tellsPaymentsOfBatch = false) => new FakeBank({
  iban: fakeIban(1), ownerName: 'MEREAU', bic: 'FAKEFRPPXXX', openingCents: cents(100_000), day: DAY, tellsPaymentsOfBatch,
});
const bytes = (xml: string) => new TextEncoder().encode(xml);
function read(xml: string | Uint8Array) {
  const file = readCamt053(typeof xml === 'string' ? bytes(xml) : xml);
  if (isRejected(file)) throw new Error(`${file.code} ${JSON.stringify(file.details)}`);
  return file;
}
const statementOf = (xml: string) => read(xml).statements[0]!;
const entryOf = (ntry: string) => statementOf(document(ntry)).entries[0]!;

const NAMESPACE = 'xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"';
const ENTRY = '<Ntry><Amt Ccy="EUR">12.34</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts></Ntry>';
const document = (ntry = ENTRY, namespace = NAMESPACE) => `<Document ${namespace}><BkToCstmrStmt>
<GrpHdr><MsgId>MSG</MsgId><CreDtTm>2026-03-02T21:00:00+01:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><CreDtTm>2026-03-02T21:00:00</CreDtTm><Acct><Id><IBAN>fr76 9999 9000 0100 0000 0000 115</IBAN></Id></Acct>${ntry}</Stmt>
</BkToCstmrStmt></Document>`;
const entry = (inside: string, head = '<Sts><Cd>BOOK</Cd></Sts>') =>
  `<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>${head}<NtryDtls>${inside}</NtryDtls></Ntry>`;
const detail = (amount: string, more = '') => `<TxDtls><Refs><EndToEndId>E</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt>${more}</TxDtls>`;
const older = (amount: string) => `<TxDtls><Refs/><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls></TxDtls>`;

describe('a statement file', () => {
  const receipts = fc.array(fc.record({
    amountCents: fc.bigInt(1n, 10n ** 12n).map(cents),
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((name) => name.replace(/[\p{C}\s]/gu, '') || 'x'),
    text: fc.array(fc.stringMatching(/^[A-Za-z0-9é<&>'" ]{1,60}$/).map((text) => `${text.trim()}.`), { maxLength: 3 }),
    pending: fc.boolean(),
  }), { maxLength: 12 });

  it.each(['02', '08'] as const)('of version %s is read as the bank wrote it, and its balances add up', (version) => {
    fc.assert(fc.property(receipts, fc.bigInt(0n, 10n ** 9n).map(cents), (some, chargeCents) => {
      const bank = bankOf();
      const refs = some.map(({ amountCents, name, text, pending }) =>
        bank.receive({ amountCents, from: { name, iban: fakeIban(5) }, text, pending, endToEndId: 'E2E' }));
      bank.charge(chargeCents);
      const closingCents = bank.balanceCents;
      const file = read(bank.closeDay(version));
      const statement = file.statements[0]!;
      expect(file).toMatchObject({ version, messageId: 'FAKE-20260302-1' });
      expect(statement).toMatchObject({
        iban: fakeIban(1), currency: 'EUR', sequence: 1, openingCents: 100_000n, closingCents, openingDate: DAY, closingDate: DAY,
      });
      expect(checkBalance(statement)).toEqual({ state: 'adds_up' });
      expect(statement.entries.slice(0, -1)).toMatchObject(some.map(({ amountCents, name, text, pending }, at) => ({
        position: at + 1, amountCents, side: 'credit', status: pending ? 'pending' : 'booked', entryRef: refs[at], bookedOn: DAY,
        bankTransactionCode: 'PMNT/RCDT/ESCT', details: 'add_up', reversal: false,
        transactions: [{
          amountCents, endToEndId: 'E2E', counterparty: { name, iban: fakeIban(5) }, returned: false,
          references: { structured: [], unstructured: text },
        }],
      })));
      expect(statement.entries.at(-1)).toMatchObject({ side: 'debit', amountCents: chargeCents, details: 'none', transactions: [] });
    }), { numRuns: 40 });
  });

  it('with an entry left out, doubled, or turned round is told apart from a sound one, by the difference', () => {
    const bank = bankOf();
    bank.noise();
    bank.charge(cents(250));
    const xml = bank.closeDay();
    const [first] = /<Ntry>[\s\S]*?<\/Ntry>/.exec(xml) ?? [''];
    const difference = (changed: string) => checkBalance(statementOf(changed));
    expect(difference(xml)).toEqual({ state: 'adds_up' });
    expect(difference(xml.replace(first, ''))).toEqual({ state: 'differs', differenceCents: 1_234n });
    expect(difference(xml.replace(first, first + first))).toEqual({ state: 'differs', differenceCents: -1_234n });
    expect(difference(xml.replace(first, first.replace('CRDT', 'DBIT')))).toEqual({ state: 'differs', differenceCents: 2_468n });
    expect(difference(xml.replace('<Cd>CLBD</Cd>', '<Cd>CLAV</Cd>'))).toEqual({ state: 'cannot_tell' });
    expect(difference(xml.replace('Ccy="EUR">2.50', 'Ccy="USD">2.50'))).toEqual({ state: 'cannot_tell' });
  });

  it('may hold several statements, and balances below zero', () => {
    const statement = {
      messageId: 'M', statementId: 'A', sequence: 1, day: DAY, iban: fakeIban(1), ownerName: 'O', bic: 'FAKEFRPPXXX',
      openingCents: cents(-500), closingCents: cents(-500), entries: [],
    };
    const file = read(writeCamt053([statement, { ...statement, statementId: 'B', iban: fakeIban(2), day: addDays(DAY, 1) }]));
    expect(file.statements).toMatchObject([
      { id: 'A', iban: fakeIban(1), openingCents: -500n }, { id: 'B', iban: fakeIban(2), closingDate: '2026-03-03', entries: [] },
    ]);
  });
});

describe('our payments on a statement', () => {
  const paymentFile = `<Document><CstmrCdtTrfInitn><GrpHdr><MsgId>M1</MsgId><NbOfTxs>2</NbOfTxs><CtrlSum>30.00</CtrlSum></GrpHdr>
    <PmtInf><PmtInfId>M1-1</PmtInfId><BtchBookg>true</BtchBookg><NbOfTxs>2</NbOfTxs><CtrlSum>30.00</CtrlSum><ReqdExctnDt><Dt>2026-03-02</Dt></ReqdExctnDt>
    <DbtrAcct><Id><IBAN>${fakeIban(1)}</IBAN></Id></DbtrAcct>${['10.00', '20.00'].map((amount, at) => `<CdtTrfTxInf><PmtId><EndToEndId>MR${at}</EndToEndId></PmtId>
    <Amt><InstdAmt Ccy="EUR">${amount}</InstdAmt></Amt><Cdtr><Nm>Place</Nm></Cdtr><CdtrAcct><Id><IBAN>${fakeIban(7)}</IBAN></Id></CdtrAcct></CdtTrfTxInf>`).join('')}
    </PmtInf></CstmrCdtTrfInitn></Document>`;

  it.each([[false, 'none', 0], [true, 'add_up', 2]] as const)('are one debit that names the part of the file (payments told: %s)', (told, details, count) => {
    const bank = bankOf(told);
    bank.execute(paymentFile);
    const [debit] = statementOf(bank.closeDay()).entries;
    expect(debit).toMatchObject({ side: 'debit', amountCents: 3_000n, paymentInformationId: 'M1-1', batchCount: 2, details });
    expect(debit?.transactions).toHaveLength(count);
  });

  it.each(['02', '08'] as const)('come back as a credit with the reason and the id that they left with (version %s)', (version) => {
    const bank = bankOf();
    bank.execute(paymentFile);
    bank.closeDay();
    bank.returnPayment('MR1');
    const statement = statementOf(bank.closeDay(version));
    expect(statement.entries[0]).toMatchObject({
      side: 'credit', amountCents: 2_000n, bankTransactionCode: 'PMNT/ICDT/RRTN', paymentInformationId: 'M1-1',
      transactions: [{
        amountCents: 2_000n, returned: true, returnReason: 'AC04', returnText: 'COMPTE CLOTURE', endToEndId: 'MR1', originalEndToEndId: 'MR1',
        counterparty: { name: 'Place', iban: fakeIban(7) },
      }],
    });
    expect(checkBalance(statement)).toEqual({ state: 'adds_up' });
  });
});

describe('an entry', () => {
  it('of a council names the council behind the Treasury, and its reference in either field', () => {
    const bank = bankOf();
    bank.receive({ amountCents: cents(5), from: { name: 'DRFIP', iban: fakeIban(2), ultimateName: 'COMMUNE' }, reference: 'RF75MRO6W1G60EECF' });
    bank.receive({ amountCents: cents(6), from: { name: 'CCAS', iban: fakeIban(3) }, text: ['BON CDE 12 RF75 MRO6 W1', 'G60EECF'] });
    bank.noise();
    const { entries } = statementOf(bank.closeDay());
    expect(entries[0]?.transactions[0]?.counterparty).toEqual({ name: 'DRFIP', iban: fakeIban(2), ultimateName: 'COMMUNE' });
    expect(entries.map((one) => referencesOfEntry(one).ours)).toEqual([['RF75MRO6W1G60EECF'], ['RF75MRO6W1G60EECF'], [], [], []]);
    expect(referencesOfEntry(entries[4]!).others).toEqual(['RF18539007547034']);
  });

  it.each([
    ['the sum of its details', detail('10.00') + detail('20.00'), 'add_up'],
    ['not the sum of its details', detail('10.00') + detail('20.01'), 'differ'],
    ['the sum of details that tell it as version 02 does', `${older('10.00')}${older('20.00')}`, 'add_up'],
    ['the sum over several groups of details', `${detail('10.00')}</NtryDtls><NtryDtls>${detail('20.00')}`, 'add_up'],
    ['the sum of credits less debits', detail('40.00') + detail('10.00', '<CdtDbtInd>DBIT</CdtDbtInd>'), 'add_up'],
    ['unlike its only detail', detail('29.99'), 'differ'],
    ['told once: its only detail has no amount', '<TxDtls><Refs/></TxDtls>', 'add_up'],
    ['not told by one of two details', `${detail('10.00')}<TxDtls><Refs/></TxDtls>`, 'unknown'],
    ['told in another currency', detail('30.00').replace('EUR', 'USD'), 'unknown'],
    ['told without details', '', 'none'],
  ])('is %s', (_, details, state) => {
    expect(entryOf(entry(details)).details).toBe(state);
  });

  it.each([
    ['<Sts>BOOK</Sts>', 'booked'], ['<Sts><Cd>BOOK</Cd></Sts>', 'booked'], ['<Sts>PDNG</Sts>', 'pending'],
    ['<Sts><Cd>INFO</Cd></Sts>', 'information'], ['<Sts><Cd>FUTR</Cd></Sts>', 'future'],
  ])('with %s is %s', (head, status) => {
    expect(entryOf(entry('', head)).status).toBe(status);
  });

  it('keeps what else the bank tells: reversal, days, references, code, note', () => {
    const head = `<NtryRef>N1</NtryRef><RvslInd>true</RvslInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-03-02T23:30:00+01:00</DtTm></BookgDt>
      <ValDt><Dt>2026-03-03+01:00</Dt></ValDt><BkTxCd><Prtry><Cd>B9</Cd></Prtry></BkTxCd><AddtlNtryInf>note</AddtlNtryInf>`;
    const read = entryOf(entry(detail('30.00'), head));
    expect(read).toMatchObject({
      reversal: true, bookedOn: '2026-03-02', valueOn: '2026-03-03', entryRef: 'N1', bankTransactionCode: 'B9', note: 'note',
    });
    // A reversal takes the payment back: its id is that of the payment that left.
    expect(read.transactions[0]).toMatchObject({ returned: true, originalEndToEndId: 'E' });
  });

  it('believes a bank that names the payment that left in a field of its own', () => {
    const returned = detail('30.00', '<RtrInf><OrgnlEndToEndId>LEFT</OrgnlEndToEndId><Rsn><Prtry>closed</Prtry></Rsn></RtrInf>');
    expect(entryOf(entry(returned)).transactions[0]).toMatchObject(
      { endToEndId: 'E', originalEndToEndId: 'LEFT', returnReason: 'closed', returned: true });
  });

  it.each(['NOTPROVIDED', 'NOT PROVIDED', 'notprovided', ''])('has no end-to-end id when the bank writes %j', (id) => {
    expect(entryOf(entry(detail('30.00').replace('>E<', `>${id}<`))).transactions[0]?.endToEndId).toBeUndefined();
  });

  it('names no payment file when its details name two', () => {
    const of = (id: string) => detail('15.00').replace('<EndToEndId>', `<PmtInfId>${id}</PmtInfId><EndToEndId>`);
    expect(entryOf(entry(of('A') + of('A'))).paymentInformationId).toBe('A');
    expect(entryOf(entry(of('A') + of('B'))).paymentInformationId).toBeUndefined();
  });
});

describe('an envelope', () => {
  const prefixed = document().replace(/<(\/?)(\w+)/g, '<$1ns2:$2').replace('xmlns=', 'xmlns:ns2=');
  const latin = (text: string, encoding: string) => Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>${text}`, 'latin1');
  const named = document(ENTRY.replace('</Ntry>', '<AddtlNtryInf>Reçu</AddtlNtryInf></Ntry>'));
  const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(named, 'utf16le')]);

  it.each([
    ['of the ISO namespace', document(), '08'],
    ['of an older version', document(ENTRY, NAMESPACE.replace('.08', '.04')), '04'],
    ['of a bank’s own namespace', document(ENTRY, 'xmlns="http://www.six-interbank-clearing.com/de/camt.053.001.04.xsd"'), '04'],
    ['without a namespace', document(ENTRY, ''), undefined],
    ['with a namespace that is misspelt', document(ENTRY, NAMESPACE.replace('xmlns', 'Xmlns')), undefined],
    ['with a prefix', prefixed, '08'],
    ['behind a byte order mark', `\uFEFF<?xml version="1.0"?>${document()}`, '08'],
  ])('%s is read', (_, xml, version) => {
    const file = read(xml);
    expect(file.version).toBe(version);
    expect(file.statements[0]).toMatchObject({ id: 'S1', iban: fakeIban(1), entries: [{ amountCents: 1_234n }] });
  });

  it.each([
    ['UTF-8', bytes(named)],
    ['ISO-8859-1', latin(named, 'ISO-8859-1')],
    ['ISO-8859-15', latin(named, 'iso-8859-15')],
    ['windows-1252', latin(named, "Windows-1252")],
    ['UTF-16', utf16],
  ])('in %s keeps its accents', (_, file) => {
    expect(read(file).statements[0]?.entries[0]?.note).toBe('Reçu');
  });
});

describe('a file that is no sound statement', () => {
  const bomb = '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>';
  const wrong = (from: string | RegExp, to: string) => document().replace(from, to);
  const latin = (encoding: string) => Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>${wrong('MSG', 'é')}`, 'latin1');

  it.each([
    ['an empty file', '', 'bank_file_malformed'],
    ['a text', 'MRO;1;2', 'bank_file_malformed'],
    ['a file cut off', document().slice(0, -20), 'bank_file_malformed'],
    ['a file cut off after its header', document().slice(0, 200), 'bank_file_malformed'],
    ['two files in one', document() + document(), 'bank_file_malformed'],
    ['crossed tags', wrong('</Ntry></Stmt>', '</Stmt></Ntry>'), 'bank_file_malformed'],
    ['an undeclared prefix', wrong('<Ntry>', '<x:Ntry>').replace('</Ntry>', '</x:Ntry>'), 'bank_file_malformed'],
    ['an undeclared entity', wrong('MSG', '&lol;'), 'bank_file_malformed'],
    ['an entity bomb', `<?xml version="1.0"?>${bomb}${wrong('MSG', '&c;')}`, 'bank_file_has_dtd'],
    ['an external entity', `<!DOCTYPE Document SYSTEM "file:///etc/passwd">${document()}`, 'bank_file_has_dtd'],
    ['bytes that are no UTF-8', Buffer.from(wrong('MSG', 'é'), 'latin1'), 'bank_file_encoding_wrong'],
    ['bytes that end inside a character', bytes(`${document()}<!--é`).slice(0, -1), 'bank_file_encoding_wrong'],
    ['an encoding that we do not know', latin('EBCDIC-CP-FR'), 'bank_file_encoding_unknown'],
    ['a web page', '<html><body/></html>', 'bank_file_not_statement'],
    ['a document of another kind', wrong(/BkToCstmrStmt/g, 'Something'), 'bank_file_not_statement'],
    ['the namespace of another message', document(ENTRY, NAMESPACE.replace('camt.053.001.08', 'camt.052.001.08')), 'bank_file_not_statement'],
    ['a namespace of something else', document(ENTRY, 'xmlns="http://www.w3.org/1999/xhtml"'), 'bank_file_not_statement'],
    ['an amount with five decimals', wrong('>12.34<', '>12.34567<'), 'bank_file_field_wrong'],
    ['a version of the future', document(ENTRY, NAMESPACE.replace('.08', '.13')), 'bank_file_version_unknown'],
    ['no statement', wrong(/<Stmt>[\s\S]*<\/Stmt>/, ''), 'bank_file_field_missing'],
    ['no message id', wrong('<MsgId>MSG</MsgId>', ''), 'bank_file_field_missing'],
    ['no header', wrong(/<GrpHdr>.*<\/GrpHdr>/, ''), 'bank_file_field_missing'],
    ['no statement id', wrong('<Id>S1</Id>', ''), 'bank_file_field_missing'],
    ['no account', wrong(/<Acct>.*<\/Acct>/, ''), 'bank_file_field_missing'],
    ['an entry without an amount', wrong(/<Amt.*<\/Amt>/, ''), 'bank_file_field_missing'],
    ['an entry without a side', wrong('<CdtDbtInd>CRDT</CdtDbtInd>', ''), 'bank_file_field_missing'],
    ['an entry without a status', wrong('<Sts><Cd>BOOK</Cd></Sts>', ''), 'bank_file_field_missing'],
    ['an entry on no side', wrong('CRDT', 'BOTH'), 'bank_file_field_wrong'],
    ['an entry in an unknown state', wrong('BOOK', 'DONE'), 'bank_file_field_wrong'],
    ['an amount below zero', wrong('12.34', '-12.34'), 'bank_file_field_wrong'],
    ['an amount with a third decimal', wrong('12.34', '12.345'), 'bank_file_field_wrong'],
    ['an amount with a comma', wrong('12.34', '12,34'), 'bank_file_field_wrong'],
    ['an amount without a currency', wrong(' Ccy="EUR"', ''), 'bank_file_field_wrong'],
    ['a day that is none', wrong('</Sts>', '</Sts><BookgDt><Dt>2026-02-30</Dt></BookgDt>'), 'bank_file_field_wrong'],
    ['a moment that is none', wrong('2026-03-02T21:00:00<', 'yesterday<'), 'bank_file_field_wrong'],
    ['elements without end', wrong('<Ntry>', '<a>'.repeat(40)), 'bank_file_too_complex'],
    // Thousands of open elements inside one chunk: a parser that goes on to its end takes minutes for these.
    ['an abyss of elements', document('<a>'.repeat(60_000)), 'bank_file_too_complex'],
    ['a text without end', wrong('</Ntry>', `<AddtlNtryInf>${'x'.repeat(5_000)}</AddtlNtryInf></Ntry>`), 'bank_file_too_complex'],
  ])('%s is refused with a value', (_, xml, code) => {
    const file = readCamt053(typeof xml === 'string' ? bytes(xml) : xml);
    expect(file).toMatchObject({ kind: 'rejected', code });
  });

  it.each([
    ['BkToCstmrDbtCdtNtfctn', 'camt.054'], ['BkToCstmrAcctRpt', 'camt.052'], ['CstmrPmtStsRpt', 'pain.002'], ['CstmrCdtTrfInitn', 'pain.001'],
  ])('a %s is named as a %s, which is not a statement', (root, found) => {
    const xml = document().replaceAll('BkToCstmrStmt', root).replace('camt.053', found);
    expect(readCamt053(bytes(xml))).toMatchObject({ code: 'bank_file_not_statement', details: { found, line: 1 } });
  });

  it('is told with the line where reading stopped', () => {
    const many = document(`\n${ENTRY}\n${ENTRY.replace('12.34', '1.234')}`);
    expect(readCamt053(bytes(many))).toMatchObject({ details: { field: 'Amt/Amt', line: 5 } });
  });

  it('of 50 MB is refused before it is read', () => {
    expect(readCamt053(new Uint8Array(50_000_000))).toMatchObject({ code: 'bank_file_too_large', details: { bytes: 50_000_000 } });
  });

  it.each([
    ['small elements', ENTRY.replace('</Ntry>', `${'<a/>'.repeat(500_001)}</Ntry>`)],
    ['attributes', `<Ntry ${Array.from({ length: 51 }, (_, at) => `a${at}=""`).join(' ')}/>`],
    ['balances', '<Bal><Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'.repeat(102)],
    ['statements', `</Stmt>${'<Stmt><Id>1</Id><CreDtTm>2026-03-02T21:00:00</CreDtTm><Acct><Id><IBAN>F</IBAN></Id></Acct></Stmt>'.repeat(1_000)}<Stmt>`],
  ])('of too many %s is refused before they fill the memory', (_, flood) => {
    expect(readCamt053(bytes(document(flood)))).toMatchObject({ code: 'bank_file_too_complex' });
  });

  it('is a value whatever was damaged: no mutation of a sound file throws', () => {
    const bank = bankOf();
    bank.noise();
    bank.charge(cents(5));
    const sound = bytes(bank.closeDay());
    const outcomes = { read: 0, refused: 0 };
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(sound.length),
      (changes, end) => {
        const damaged = Uint8Array.from(sound);
        for (const [place, byte] of changes) damaged[place] = byte;
        const file = readCamt053(end % 3 === 0 ? damaged.subarray(0, end) : damaged);
        outcomes[isRejected(file) ? 'refused' : 'read'] += 1;
        if (isRejected(file)) return;
        const amounts = file.statements.flatMap((one) => one.entries.map((line) => line.amountCents));
        expect(sum(amounts)).toBeGreaterThanOrEqual(0n);
      }), { numRuns: 600 });
    expect(outcomes.refused).toBeGreaterThan(100);
  });
});
