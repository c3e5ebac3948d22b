// The crossing tier on rows made by hand, each in a transaction that is forgotten: what is found, and what is still under way and not.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE } from './catalogue.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [EVENT, CUSTODY] = [id('e1'), id('aa')];

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

async function found(invariant: string, ...planted: readonly string[]): Promise<string[]> {
  await admin.query('begin; set local session_replication_role = replica');
  try {
    for (const sql of planted) await admin.query(sql);
    const { rows } = await admin.query<{ row_named: string }>(CATALOGUE.find((one) => one.id === invariant)!.sql);
    return rows.map(({ row_named }) => row_named);
  } finally {
    await admin.query('rollback');
  }
}
const differs = (ledger: string, account: string, after = '4') => `
  insert into audit.compared_tally (ledger, sender, custody_account_id, programme, account, said_count, said_amount, said_digest, differs_after_seq)
  values ('${ledger}', 'issuance', '${CUSTODY}', '', '${account}', 1, 500, 7, ${after})`;

describe('a ledger that is not what its events say', () => {
  it.each([
    ['X1', 'redemption', 'clearing:issuance'], ['X2', 'issuance', 'clearing:settlement'], ['X3', 'settlement', 'clearing:redemption'], ['X4', 'settlement', 'accrued'],
  ])('breaks %s in %s by its account %s, and no other', async (invariant, ledger, account) => {
    for (const other of ['X1', 'X2', 'X3', 'X4']) {
      expect(await found(other, differs(ledger, account))).toEqual(other === invariant ? [`${ledger}.${account} by issuance in ${CUSTODY} `] : []);
    }
    expect(await found(invariant, differs(ledger, account, 'null'))).toEqual([]);
  });
});

const event = (age: string) => `insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, causation_id, correlation_id, body, received_at)
  values ('redemption', 1, '${EVENT}', 'voucher.redeemed.v1', 's', now(), '{}', null, 'c', '{}', clock_timestamp() - interval '${age}')`;
const restated = (seq = 1) => `
  insert into audit.restated_position values ('redemption', ${seq});
  insert into audit.restated_transfer (sender, seq, line, event_id, ledger, rule, debit, credit, amount, currency, custody_account_id, programme, occurred_at)
  values ('redemption', 1, 0, '${EVENT}', 'settlement', '7', 'clearing:redemption', 'accrued', 1000, 'EUR', '${CUSTODY}', '', now())`;
const compared = `insert into audit.compared_position values ('settlement', 'redemption', 1)`;
const booked = (amount: number) => `
  insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
  values ('${EVENT}', 0, '7', 'clearing:redemption', 'accrued:${id('01')}', ${amount}, 'EUR', '${CUSTODY}', now())`;
const underWay = `insert into redemption.sent_batch (receiver, batch_no, first_seq, last_seq, count, messages)
  values ('settlement', 1, 1, 1, 1, '[{"id": "${EVENT}", "seq": 1}]')`;

describe('X5', () => {
  it.each<[string, readonly string[], string[]]>([
    ['a fresh event that nobody restated', [event('1 hour')], []],
    ['an old one that nobody restated', [event('3 hours')], ['position:redemption']],
    ['an old one that was not compared', [event('3 hours'), restated()], ['comparison:settlement by redemption']],
    ['one that was', [event('3 hours'), restated(), compared], []],
  ])('judges %s', async (_, planted, rows) => expect(await found('X5', ...planted)).toEqual(rows));
});

describe('X6', () => {
  it.each<[string, readonly string[], string[]]>([
    ['a transfer as its event says', [event('1 hour'), restated(), booked(1000)], []],
    ['one of another amount', [event('1 hour'), restated(), booked(999)], [`settlement.transfer:${EVENT}`]],
    ['one that is missing', [event('1 hour'), restated()], [`settlement.transfer:${EVENT}`]],
    ['one whose message is under way', [event('1 hour'), restated(), underWay], []],
    ['one that is not restated yet', [event('1 hour'), booked(1000)], []],
  ])('judges %s', async (_, planted, rows) => expect(await found('X6', ...planted)).toEqual(rows));
});
