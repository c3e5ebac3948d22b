// A voucher in two places, in each way that it could come about, by somebody who has the tables to themself.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

const [BATCH, ONE, OTHER] = ['01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-0000000000d1', '01900000-0000-7000-8000-0000000000d2'];
const K1 = CATALOGUE.filter(({ id }) => id === 'K1');

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  for (const table of ['delivery', 'delivery_outcome', 'hand_over']) await admin.query(`alter table issuance.${table} drop constraint ${table}_ranges_apart`);
  await admin.query('set session_replication_role = replica');
  await admin.query(`insert into issuance.batch (id, order_id, count, booklet_size, face_cents, currency, chunk_count, wrapping_key_id, wrapped_key, pepper_key_id,
      serial_permutation_id, serial_label, created_by, created_at)
    values ($1, gen_random_uuid(), 100, 10, 1000, 'EUR', 1, 'k', decode(repeat('00', 61), 'hex'), 'k', 's', 'ABCDEFGH', 'x', now())`, [BATCH]);
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const shipped = (distributor: string, first: number, last: number) => `insert into issuance.delivery (id, batch_id, batch_count, distributor_id, first, last, shipped_by, shipped_at)
  values (gen_random_uuid(), '${BATCH}', 1000, '${distributor}', ${first}, ${last}, 'x', now())`;
const settled = (distributor: string, outcome: string, first: number, last: number) => `
  insert into issuance.delivery_outcome (id, delivery_id, batch_id, distributor_id, delivery_first, delivery_last, outcome, first, last, noted_by, noted_at)
  values (gen_random_uuid(), gen_random_uuid(), '${BATCH}', '${distributor}', 0, 999, '${outcome}', ${first}, ${last}, 'x', now())`;
const handedOver = (distributor: string, first: number, last: number, returned = 'null') => `
  insert into issuance.hand_over (id, delivery_outcome_id, batch_id, distributor_id, outcome, received_first, received_last, first, last, handed_over_by, handed_over_at, returned_by, returned_at)
  values (gen_random_uuid(), gen_random_uuid(), '${BATCH}', '${distributor}', 'received', 0, 999, ${first}, ${last}, 'x', now(), ${returned}, ${returned === 'null' ? 'null' : 'now()'})`;
const SOUND = [shipped(ONE, 0, 49), shipped(OTHER, 50, 79), settled(ONE, 'received', 0, 29), settled(ONE, 'lost', 30, 34), settled(OTHER, 'received', 50, 79),
  handedOver(ONE, 0, 9), handedOver(ONE, 10, 19, `'x'`), handedOver(ONE, 15, 29)];

async function found(...statements: string[]): Promise<string[]> {
  await admin.query('truncate issuance.delivery, issuance.delivery_outcome, issuance.hand_over');
  for (const statement of [...SOUND, ...statements]) await admin.query(statement);
  return (await inspect(database.urlFor('issuance'), K1)).broken.map(({ detail }) => detail);
}

describe('K1', () => {
  it('is content with parts of parts, and with what was taken back and handed over anew', async () => {
    expect(await found()).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ['shipped to two', shipped(OTHER, 49, 50), ['shipped twice, in part']],
    ['shipped beyond the batch', shipped(ONE, 99, 100), ['shipped {[0,50),[99,101)} of 100']],
    ['received and lost', settled(ONE, 'lost', 29, 29), ['settled twice, in part']],
    ['received by another than it was shipped to', settled(ONE, 'received', 80, 89),
      [`settled {[0,35),[80,90)}, of which distributor ${ONE} has {[0,50)}`]],
    ['handed over twice', handedOver(ONE, 9, 9), ['handed over twice, in part']],
    ['handed over though it was lost', handedOver(ONE, 30, 30), [`handed over {[0,10),[15,31)}, of which distributor ${ONE} has {[0,30)}`]],
    ['handed over out of a stranger\'s stock', handedOver(ONE, 50, 50), [`handed over {[0,10),[15,30),[50,51)}, of which distributor ${ONE} has {[0,30)}`]],
  ])('finds a voucher that was %s', async (_, statement, details) => {
    expect(await found(statement)).toEqual(details);
  });
});
