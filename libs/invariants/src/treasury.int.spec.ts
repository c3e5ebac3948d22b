// What is owed while a message is under way: one bank statement of 10.00, one voucher that money came in for.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [CUSTODY, ACTIVATION, REDEMPTION, UNDO] = [id('aa'), id('01'), id('02'), id('03')];
const L7 = CATALOGUE.filter((invariant) => invariant.id === 'L7');

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('set session_replication_role = replica');
  await admin.query(`insert into settlement.bank_statement (id, bank_account_id, ordinal, statement_ref, file_sha256, content_sha256, opened_on, closed_on,
      opening_balance, credits, debits, closing_balance, currency, line_count, imported_by, imported_at)
    values (gen_random_uuid(), $1, 1, 'S', 'f', repeat('0', 64), '2026-01-01', '2026-01-01', 0, 1000, 0, 1000, 'EUR', 1, 'x', now())`, [CUSTODY]);
  await post('redemption', '6', ACTIVATION, 'clearing:issuance', 'outstanding:b');
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const post = (schema: string, rule: string, eventId: string, debit: string, credit: string) => admin.query(
  `insert into ${schema}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
   values ($1, 0, $2, $3, $4, 1000, 'EUR', $5)`, [eventId, rule, debit, credit, CUSTODY]);
const found = async () => (await inspect(database.inspectorUrl, L7)).broken.map(({ detail }) => detail.replace(/, the gap.*/, ''));

it('L7 holds through a redemption and its undoing, whoever has heard of them, and counts an undoing no further than that', async () => {
  await post('redemption', '7', REDEMPTION, 'outstanding:b', 'clearing:settlement');
  expect(await found()).toEqual([]);
  await post('settlement', '7', REDEMPTION, 'clearing:redemption', 'accrued:p');
  expect(await found()).toEqual([]);
  await post('redemption', '8', UNDO, 'clearing:settlement', 'outstanding:b');
  expect(await found()).toEqual([]);
  await post('settlement', '8', UNDO, 'accrued:p', 'clearing:redemption');
  expect(await found()).toEqual([]);
  await post('redemption', '6', id('04'), 'clearing:issuance', 'outstanding:b');
  expect(await found()).toEqual(['bank, Stripe and what is between them state 1000 cents, debts are 2000']);
});
