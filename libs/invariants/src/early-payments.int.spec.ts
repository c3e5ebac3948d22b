// One early payment of 700, of which 500 were netted in a statement: S80 to S82 are content with it, and each names the row of
// what may not be.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [CUSTODY, PAYEE, EARLY, PAYMENT, ASIDE, NETTED, STATEMENT] = ['01', '02', '03', '04', '05', '06', '07'].map(id);

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

type Money = Readonly<{ eventId?: string; line?: number; rule?: string; amount: number }>;
const transfer = (debit: string, credit: string, { eventId = id('0a'), line = 0, rule = '29', amount }: Money) => `
  insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
  values ('${eventId}', ${line}, '${rule}', '${debit}', '${credit}', ${amount}, 'EUR', '${CUSTODY}');`;
const [POOL, LENT, ADVANCE, PAYABLE] = ['commons:general', 'commons_lent:general', `advance:${PAYEE}`, `payable:${PAYEE}`];
const end = (kind: string, amount: number, eventId: string, statement = `'${STATEMENT}'`) => `
  insert into settlement.early_payment_end values (gen_random_uuid(), '${EARLY}', '${kind}', ${statement}, ${amount}, 'EUR', '${eventId}', now());`;

const SOUND = `
  insert into settlement.early_payment values ('${EARLY}', 'general', '${PAYEE}', '${CUSTODY}', 700, 966, 0, 'EUR', '${ASIDE}', 'x', now());
  insert into settlement.payment (id, run_id, purpose, payee_id, payee_bank_account_id, end_to_end_id, amount, currency, state)
    values ('${PAYMENT}', '${id('08')}', 'early', '${PAYEE}', '${PAYEE}', 'E', 700, 'EUR', 'booked');
  insert into settlement.payment_early (payment_id, early_payment_id, live) values ('${PAYMENT}', '${EARLY}', true);
  ${transfer(POOL!, LENT!, { eventId: ASIDE!, amount: 700 })} ${transfer(ADVANCE!, `transit:${PAYMENT}`, { eventId: id('09'), rule: '14', amount: 700 })}
  ${end('netted', 500, NETTED!)} ${transfer(LENT!, POOL!, { eventId: NETTED!, amount: 500 })}
  ${transfer(PAYABLE!, ADVANCE!, { eventId: NETTED!, line: 1, amount: 500 })}`;

/** In a transaction that is then forgotten. */
async function found(rule: string, fault = ''): Promise<string[]> {
  await admin.query(`begin; set local session_replication_role = replica; ${SOUND} ${fault}`);
  const { rows } = await admin.query<{ row_named: string }>(CATALOGUE.find((invariant) => invariant.id === rule)!.sql);
  await admin.query('rollback');
  return rows.map(({ row_named }) => row_named);
}

describe('what the commons pay early', () => {
  it.each(['S80', 'S81', 'S82', 'S4', 'S5', 'L10:settlement'])('%s holds', async (rule) => {
    expect(await found(rule)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['set aside without being asked for', 'S80', transfer(POOL!, LENT!, { amount: 5 }), 'pool:general'],
    ['back in the pool while it is open', 'S80', transfer(LENT!, POOL!, { amount: 5 }), 'pool:general'],
    ['open and not set aside', 'S80', `delete from settlement.transfer where event_id = '${ASIDE}'`, 'pool:general'],
    ['paid and not netted, and stands against nobody', 'S81', `delete from settlement.transfer where rule = '14'`, `payee:${PAYEE}`],
    ['paid without an early payment', 'S81', transfer(ADVANCE!, `transit:${id('0b')}`, { amount: 5 }), `payee:${PAYEE}`],
    ['sent back by the bank and not owed again', 'S81', `update settlement.payment set state = 'returned'`, `payee:${PAYEE}`],
    ['netted twice', 'S82', end('netted', 500, id('0c'), `'${id('0d')}'`), `early_payment:${EARLY}`],
    ['more than was due', 'S82', 'alter table settlement.early_payment drop constraint an_instalment_on_what_is_due; update settlement.early_payment set due = 699', `early_payment:${EARLY}`],
    ['set aside at another sum than it moved', 'S82', 'update settlement.early_payment set amount = 701', `early_payment:${EARLY}`],
    ['netted without a statement that is paid less', 'S82', `delete from settlement.transfer where event_id = '${NETTED}' and line = 1`, `early_payment:${EARLY}`],
    ['moved by nobody', 'S82', transfer(POOL!, LENT!, { amount: 5 }), `transfer:${id('0a')}/0`],
    ['paid at another sum', 'S5', 'update settlement.payment set amount = 701', `payment:${PAYMENT}`],
  ])('is named when it was %s (%s)', async (_, rule, fault, named) => {
    expect(await found(rule, fault)).toContain(named);
  });
});
