// Documents against the ledger, each fault planted by itself into rows that are right.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [ORDER, PAYER, INVOICE, NOTE, EVENT, BACK, PAID, LINE] = ['01', 'a1', '11', '12', 'e1', 'e2', 'e3', 'b1'].map(id) as [string, string, string, string, string, string, string, string];
const OWED = `receivable:${PAYER}`;
const FOUND = ['F1', 'F2', 'F3', 'F4', 'F5'];
const RULES = CATALOGUE.filter((invariant) => FOUND.includes(invariant.id));

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('set session_replication_role = replica');
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const post = (event: string, rule: string, lines: readonly (readonly [debit: string, credit: string, amount: number])[]) =>
  Promise.all(lines.map(([debit, credit, amount], line) => admin.query(
    `insert into issuance.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id) values ($1, $2, $3, $4, $5, $6, 'EUR', $7)`,
    [event, line, rule, debit, credit, amount, id('aa')])));
type Document = Readonly<{ documentId: string; kind: string; cents: readonly number[]; event: string; cites: string | null }>;
const document = ({ documentId, kind, cents, event, cites }: Document) => admin.query(
  `insert into issuance.invoice (id, seller_siren, kind, year, number, display_number, order_id, payer_id, cites_id, reason, issued_on, face_cents, fee_cents,
    vat_cents, covered_cents, currency, content, pdf, pdf_sha256, xml, xml_sha256, event_id, issued_by, issued_at)
  values ($1, '732829320', $2, 2026, $3, 'X', $4, $5, $6, $7, '2026-03-02', $8, $9, $10, $11, 'EUR', '{}', 'x', encode(sha256('x'), 'hex'), 'x', encode(sha256('x'), 'hex'), $12, 'x', now())`,
  [documentId, kind, 1, ORDER, PAYER, cites, cites && 'correction', ...cents, event]);

/** An invoice of 100.00 with 4.00 of fee and 0.80 of VAT, of which 1.00 is paid, and a credit note of it all. */
beforeEach(async () => {
  await admin.query('truncate issuance.transfer, issuance.invoice_series, issuance.invoice, issuance.share_fee, issuance.receipt_match, issuance.order_share cascade');
  await admin.query(`insert into issuance.invoice_series values ('732829320', 'invoice', 2026, 1, '2026-03-02'), ('732829320', 'credit_note', 2026, 1, '2026-03-02')`);
  await document({ documentId: INVOICE, kind: 'invoice', cents: [10_000, 400, 80, 0], event: EVENT, cites: null });
  await post(EVENT, '1', [[OWED, 'fee_income', 400], [OWED, 'vat_collected', 80]]);
  await post(PAID, '3', [['unmatched', OWED, 100]]);
  await admin.query(`insert into issuance.receipt_match (bank_line_id, order_id, payer_id, amount_cents, fee_cents, currency, event_id, matched_by, matched_at)
    values ($1, $2, $3, 100, 100, 'EUR', $4, 'x', now())`, [LINE, ORDER, PAYER, PAID]);
  await admin.query('insert into issuance.share_fee values ($1, $2, 480, 100)', [ORDER, PAYER]);
});
const credited = async () => {
  await document({ documentId: NOTE, kind: 'credit_note', cents: [10_000, 400, 80, 100], event: BACK, cites: INVOICE });
  await post(BACK, '1', [['fee_income', OWED, 380], ['fee_income', 'prefund:g:y', 20], ['vat_collected', 'prefund:g:y', 80]]);
  await admin.query('update issuance.share_fee set invoiced_cents = 0, paid_cents = 0');
};
const broken = async () => [...new Set((await inspect(database.urlFor('issuance'), RULES)).broken.map(({ invariant }) => invariant))].sort();

describe('invoices in order', () => {
  it('break nothing, invoiced and paid in part, and credited whole', async () => {
    await admin.query(`delete from issuance.invoice_series where kind = 'credit_note'`);
    expect(await broken()).toEqual([]);
    await admin.query(`insert into issuance.invoice_series values ('732829320', 'credit_note', 2026, 1, '2026-03-02')`);
    await credited();
    expect(await broken()).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['a number that nobody has', `update issuance.invoice_series set last_number = 2 where kind = 'invoice'`, ['F1']],
    ['a missing number', `update issuance.invoice set number = 2 where kind = 'invoice'; update issuance.invoice_series set last_number = 2 where kind = 'invoice'`, ['F1']],
    ['an invoice of another fee', `update issuance.invoice set fee_cents = 401 where kind = 'invoice'`, ['F2', 'F4']],
    ['a posting without an invoice', `update issuance.invoice set event_id = gen_random_uuid() where kind = 'invoice'`, ['F2']],
    ['cover that no credit note gave', 'update issuance.invoice set covered_cents = 99 where cites_id is not null', ['F2', 'F4']],
    ['a fee paid twice', `insert into issuance.transfer select gen_random_uuid(), 0, '3', debit, credit, amount, currency, custody_account_id from issuance.transfer where rule = '3'`, ['F3']],
    ['a fee counted as paid', 'update issuance.share_fee set invoiced_cents = 5, paid_cents = 5', ['F4']],
    ['a match that says another part for the fee', 'update issuance.receipt_match set fee_cents = 99', ['F4']],
    ['a credit note above its invoice', 'update issuance.invoice set face_cents = face_cents + 1 where cites_id is not null', ['F5']],
  ])('name %s', async (_, fault, expected) => {
    await credited();
    await admin.query(fault);
    expect(await broken()).toEqual(expected);
  });
});
