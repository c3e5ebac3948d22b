// Two activations of 10.01 by two payers: a cent that one bears for the other is found, whichever of the two it is in.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [ANN, BOB] = [id('a1'), id('b1')];
const L9 = CATALOGUE.filter((invariant) => invariant.id === 'L9');

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('set session_replication_role = replica');
  await activation(id('01'), 0, [668, 333]);
  await activation(id('02'), 1, [667, 334]);
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

async function activation(activationId: string, index: number, shares: readonly number[]): Promise<void> {
  await admin.query(`insert into issuance.activation (id, batch_id, batch_count, face_cents, first, last, amount_cents, currency, activated_by, activated_at)
    values ($1, $2, 2, 1001, $3, $3, 1001, 'EUR', 'x', now())`, [activationId, id('bb'), index]);
  await admin.query('insert into issuance.activation_share (activation_id, payer_id, amount_cents) values ($1, $2, $4), ($1, $3, $5)', [activationId, ANN, BOB, ...shares]);
}

async function found(...drawn: (readonly [ann: number, bob: number])[]): Promise<string[]> {
  await admin.query('delete from issuance.transfer');
  for (const [line, parts] of drawn.entries()) {
    await admin.query(`insert into issuance.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      select $1, p.ordinality - 1, '6', 'prefund:g:' || p.payer, 'clearing:redemption', p.amount, 'EUR', $2
      from unnest($3::text[], $4::bigint[]) with ordinality as p(payer, amount, ordinality)`, [id(`e${line}`), id('aa'), [ANN, BOB], parts]);
  }
  return (await inspect(database.urlFor('issuance'), L9)).broken.map(({ rowNamed }) => rowNamed).sort();
}

it('L9 finds a cent moved between two payers, also where the moved amount is a share of another activation', async () => {
  expect(await found([668, 333], [667, 334])).toEqual([]);
  expect(await found([668, 333], [666, 335])).toContain(`payer:${ANN}`);
  expect(await found([668, 333], [668, 333])).toEqual([`payer:${ANN}`, `payer:${BOB}`]);
});
