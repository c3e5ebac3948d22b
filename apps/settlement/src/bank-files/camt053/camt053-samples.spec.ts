// Real files of banks, where they are at hand: each is read or refused with a value, and what was read is printed.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isRejected } from '#libs/kernel';
import { sampleData } from '../../../../../libs/testing/src/fake-bank/index.js';
import { checkBalance } from '../bank-statement.js';
import type { BankEntry } from '../bank-statement.js';
import { readCamt053 } from './camt053.js';

const folder = sampleData('banque');
const files = folder ? readdirSync(folder).map((name) => join(folder, name)) : [];
const present = folder ? it : it.skip;
const bytesOf = (part: string) => readFileSync(files.find((file) => file.includes(part)) ?? '');

const toldOf = (entry: BankEntry): string =>
  `${entry.side} ${entry.amountCents} ${entry.currency} ${entry.status} ${entry.bookedOn} ${entry.entryRef ?? '-'} ${entry.details} `
  + entry.transactions.map((one) => `[${one.endToEndId ?? '-'} ${[...one.references.structured, ...one.references.unstructured].join(' | ')}]`).join(' ');

function told(path: string): string {
  const file = readCamt053(readFileSync(path));
  if (isRejected(file)) return `${file.code} ${JSON.stringify(file.details)}`;
  return file.statements.map((statement) => [
    `statement ${statement.id}, ${statement.entries.length} entries, opening ${statement.openingCents ?? '-'}, closing ${statement.closingCents ?? '-'}, `
    + `balance ${checkBalance(statement).state}`,
    ...statement.entries.map(toldOf),
  ].join('\n    ')).join('\n  ');
}

describe('the real files', () => {
  present('are each read or refused with a value', () => {
    const lines = files.map((path) => `${basename(path)}\n  ${told(path)}`);
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(lines.filter((line) => line.includes(' entries, opening '))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('"found":"camt.054"'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('"found":"pain.00'))).toHaveLength(8);
  });

  present('give a Swiss statement to the cent, and do not judge a balance over two currencies', () => {
    const file = readCamt053(bytesOf('camt_parser__053__valid_example_v8'));
    if (isRejected(file)) throw new Error(file.code);
    const [statement] = file.statements;
    expect(statement).toMatchObject({ currency: 'CHF', openingCents: 8_272_195n, closingCents: 8_451_525n });
    expect(statement?.entries.map((entry) => [entry.amountCents, entry.currency, entry.side])).toEqual(
      [[47_440n, 'CHF', 'credit'], [8_885n, 'CHF', 'credit'], [2_097n, 'EUR', 'debit']]);
    expect(statement && checkBalance(statement)).toEqual({ state: 'cannot_tell' });
  });

  present('hold a return whose payment is named by the id that it left with', () => {
    // The notification of a return has the records of a statement under other names.
    const statement = bytesOf('camt054-returns').toString('utf8')
      .replaceAll('BkToCstmrDbtCdtNtfctn', 'BkToCstmrStmt').replaceAll('Ntfctn', 'Stmt').replace('camt.054', 'camt.053');
    const file = readCamt053(Buffer.from(statement));
    if (isRejected(file)) throw new Error(file.code);
    expect(file.statements[0]?.entries[0]).toMatchObject({
      amountCents: 50_000n, side: 'credit', reversal: true, bankTransactionCode: 'PMNT/ICDT/RRTN', details: 'add_up',
      transactions: [{ returnReason: 'AC01', returnText: 'Kontonummer falsch', originalEndToEndId: 'EndToEndId-001-03-04', returned: true }],
    });
  });

  present('hold a batch whose three details add up', () => {
    const statement = bytesOf('camt054-epo').toString('utf8')
      .replaceAll('BkToCstmrDbtCdtNtfctn', 'BkToCstmrStmt').replaceAll('Ntfctn', 'Stmt').replace('camt.054', 'camt.053');
    const file = readCamt053(Buffer.from(statement));
    if (isRejected(file)) throw new Error(file.code);
    expect(file.statements[0]?.entries[0]).toMatchObject({
      amountCents: 75_000n, side: 'debit', paymentInformationId: 'PmtInfId-001-02', details: 'add_up',
    });
  });
});
