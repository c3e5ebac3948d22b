// Two years of postings: the second file opens with what the first one left, and each is whole.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Ledger } from '#libs/ledger';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { COLUMNS } from './fec-line.js';
import { writeExport, type Exported } from './write-export.js';

type Move = readonly [debit: string, credit: string, cents: number];
type Posted = Readonly<{ ledger: Ledger; at: string; rule: string; moves: readonly Move[] }>;
type Cells = Record<typeof COLUMNS[number], string>;

const PAYER = randomUUID();
const PAYEE = randomUUID();
/** 100.00 EUR come in and 60.00 are activated; in the next year 10.00 are used, and a fee is kept of the statement. */
const POSTINGS: readonly Posted[] = [
  { ledger: 'settlement', at: '2025-03-01T10:00:00Z', rule: '2', moves: [['bank:b', 'clearing:issuance', 10_000]] },
  { ledger: 'issuance', at: '2025-03-01T10:00:01Z', rule: '2', moves: [['clearing:settlement', 'unmatched', 10_000]] },
  { ledger: 'issuance', at: '2025-03-01T10:00:02Z', rule: '3', moves: [['unmatched', `prefund:g:${PAYER}`, 10_000]] },
  { ledger: 'settlement', at: '2025-04-01T10:00:00Z', rule: '18', moves: [['bank_fees', 'bank:b', 120]] },
  // Already the next year in Paris.
  { ledger: 'issuance', at: '2025-12-31T23:30:00Z', rule: '6', moves: [[`prefund:g:${PAYER}`, 'clearing:redemption', 6_000]] },
  { ledger: 'redemption', at: '2025-12-31T23:30:01Z', rule: '6', moves: [['clearing:issuance', 'outstanding:l', 6_000]] },
  { ledger: 'redemption', at: '2026-02-01T10:00:00Z', rule: '7', moves: [['outstanding:l', 'clearing:settlement', 1_000]] },
  { ledger: 'settlement', at: '2026-02-01T10:00:01Z', rule: '7', moves: [['clearing:redemption', `accrued:${PAYEE}`, 1_000]] },
  {
    ledger: 'settlement', at: '2026-03-01T10:00:00Z', rule: '12',
    moves: [[`accrued:${PAYEE}`, `payable:${PAYEE}`, 966], [`accrued:${PAYEE}`, 'fee_income', 20], [`accrued:${PAYEE}`, 'vat_collected', 4], [`accrued:${PAYEE}`, 'commons:c', 10]],
  },
  { ledger: 'settlement', at: '2026-03-10T10:00:00Z', rule: '14', moves: [[`payable:${PAYEE}`, `transit:${PAYEE}`, 966]] },
];

let database: TestDatabase;
let admin: pg.Client;
const folder = mkdtempSync(join(os.tmpdir(), 'mereau-fec-'));

beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query(`insert into settlement.payee (id, legal_name, siren, completed_by, completed_at, created_at)
    values ($1, 'Fablab du Nord', '552100554', 'x', now(), now())`, [PAYEE]);
  for (const [seq, posted] of POSTINGS.entries()) await post(posted, seq + 1);
});
afterAll(async () => {
  await admin?.end();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function post({ ledger, at, rule, moves }: Posted, seq: number, id = randomUUID(), isHeard = true): Promise<void> {
  for (const [line, [debit, credit, cents]] of moves.entries()) {
    await admin.query(`insert into ${ledger}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      values ($1, $2, $3, $4, $5, $6, 'EUR', $7)`, [id, line, rule, debit, credit, cents, PAYER]);
  }
  if (!isHeard) return;
  await admin.query(`insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, correlation_id, body)
    values ($1, $2, $3, 'made.up.v1', 's', $4, '{}', 'c', '{}')`, [ledger, seq, id, at]);
}

async function exported(year: string): Promise<{ lines: Cells[]; sums: Exported; text: string }> {
  const path = join(folder, `${year}-${randomUUID()}.txt`);
  const sums = await writeExport(database.inspectorUrl, path, { firstDay: `${year}-01-01`, lastDay: `${year}-12-31` });
  const text = new TextDecoder('iso-8859-15').decode(readFileSync(path));
  const lines = text.split('\r\n').slice(1, -1).map((line) => Object.fromEntries(line.split('\t').map((cell, at) => [COLUMNS[at], cell])) as Cells);
  return { lines, sums, text };
}
const centsOf = (amount: string): number => Number(amount.replace(',', ''));

describe('the accounting file of a year', () => {
  it.each(['2025', '2026'])('of %s balances entry by entry, and numbers them without a gap', async (year) => {
    const { lines, sums } = await exported(year);
    const entries = new Map<string, number>();
    for (const { EcritureNum, Debit, Credit } of lines) {
      entries.set(EcritureNum, (entries.get(EcritureNum) ?? 0) + centsOf(Debit) - centsOf(Credit));
    }
    expect([...entries.keys()].map(Number)).toEqual(Array.from({ length: entries.size }, (_, at) => at + 1));
    expect([...entries.values()].every((rest) => rest === 0)).toBe(true);
    expect(sums).toMatchObject({ lines: lines.length, entries: entries.size });
    expect(lines.map(({ EcritureDate }) => EcritureDate)).toEqual(lines.map(({ EcritureDate }) => EcritureDate).sort());
  });

  it('takes the day of the operator, not of Greenwich', async () => {
    expect((await exported('2025')).lines.filter(({ EcritureLib }) => EcritureLib.startsWith('Activation'))).toEqual([]);
    const [first] = (await exported('2026')).lines.filter(({ EcritureLib }) => EcritureLib.startsWith('Activation'));
    expect(first).toMatchObject({ EcritureDate: '20260101', JournalCode: 'EM' });
  });

  it('opens with what the year before left, its result in one line', async () => {
    const opened = (await exported('2026')).lines.filter(({ JournalCode }) => JournalCode === 'AN')
      .map(({ CompteNum, Debit, Credit, EcritureDate }) => [CompteNum, Debit, Credit, EcritureDate]);
    expect(opened).toEqual([
      ['180000', '100,00', '0,00', '20260101'], ['419100', '0,00', '100,00', '20260101'], ['512000', '98,80', '0,00', '20260101'],
      ['180002', '0,00', '100,00', '20260101'], ['129000', '1,20', '0,00', '20260101'],
    ]);
  });

  it('names who is behind an auxiliary account', async () => {
    const { lines } = await exported('2026');
    expect(lines.find(({ CompAuxNum }) => CompAuxNum === PAYEE)?.CompAuxLib).toBe('Fablab du Nord');
  });

  it('is in ISO 8859-15, as the law asks', async () => {
    const path = join(folder, `${randomUUID()}.txt`);
    await writeExport(database.inspectorUrl, path, { firstDay: '2026-01-01', lastDay: '2026-12-31' });
    const bytes = readFileSync(path);
    expect(bytes.includes(Buffer.from('Lieux, relev\xe9s \xe0 payer', 'latin1'))).toBe(true);
    expect(bytes.includes(Buffer.from('é'))).toBe(false);
  });

  it('letters a statement and its payment together, and nothing that is still open', async () => {
    const { lines } = await exported('2026');
    const of = (account: string) => lines.filter(({ CompteNum }) => CompteNum === account).map(({ EcritureLet, DateLet }) => `${EcritureLet} ${DateLet}`);
    expect(of('467003')).toEqual(['AA 20260310', 'AA 20260310']);
    expect(of('580001')).toEqual([' ']);
    expect(of('408000')).toEqual([' ', ' ', ' ', ' ', ' ']);
  });

  it('is the same bytes each time', async () => {
    const [first, again] = [await exported('2026'), await exported('2026')];
    expect(again.text).toBe(first.text);
    expect(again.sums.sha256).toBe(first.sums.sha256);
  });

  it('is not written while a posting has an event that audit does not have', async () => {
    await post({ ledger: 'settlement', at: '', rule: '18', moves: [['bank_fees', 'bank:b', 1]] }, 99, randomUUID(), false);
    await expect(exported('2026')).rejects.toThrow('1 transfers belong to events that audit has not received yet');
  });
});
