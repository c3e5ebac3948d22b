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
  for (const table of ['holding', 'delivery_outcome', 'hand_over']) await admin.query(`alter table issuance.${table} drop constraint ${table}_ranges_apart`);
  await admin.query('set session_replication_role = replica');
  await admin.query(`insert into issuance.batch (id, order_id, count, booklet_size, face_cents, currency, chunk_count, wrapping_key_id, wrapped_key, pepper_key_id,
      serial_permutation_id, serial_label, created_by, created_at)
    values ($1, gen_random_uuid(), 100, 10, 1000, 'EUR', 1, 'k', decode(repeat('00', 61), 'hex'), 'k', 's', 'ABCDEFGH', 'x', now())`, [BATCH]);
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

/** A holding out of the one of that number, under the same numbers; 0 is the whole batch at the printer. */
type Held = [id: number, parent: number, place: string, first: number, last: number, distributor?: string | null];
const held = (...[id, parent, place, first, last, distributor = ONE]: Held) => `
  insert into issuance.holding (id, batch_id, batch_count, parent_id, parent_place, parent_first, parent_last, first, last, place, distributor_id, document_id, moved_by, moved_at)
  select '${idOf(id)}', '${BATCH}', 100, ${parent === 0 ? `'${BATCH}', 'printer', 0, 99` : `h.id, h.place, h.first, h.last`}, ${first}, ${last}, '${place}',
    ${distributor ? `'${distributor}'` : 'null'}, gen_random_uuid(), 'x', now() from ${parent === 0 ? '(select 1) one' : `issuance.holding h where h.id = '${idOf(parent)}'`}`;
const idOf = (id: number) => `01900000-0000-7000-8000-${String(id).padStart(12, '0')}`;
const root = (last = 99) => `insert into issuance.holding (id, batch_id, batch_count, first, last, place, moved_by, moved_at)
  values ('${BATCH}', '${BATCH}', ${last + 1}, 0, ${last}, 'printer', 'x', now())`;
const shipped = (distributor: string, first: number, last: number, id = 'gen_random_uuid()') => `
  insert into issuance.delivery (id, batch_id, batch_count, kind, distributor_id, first, last, shipped_by, shipped_at)
  values (${id}, '${BATCH}', 1000, 'shipping', '${distributor}', ${first}, ${last}, 'x', now())`;
const settled = (delivery: number, distributor: string, outcome: string, first: number, last: number) => `
  insert into issuance.delivery_outcome (id, delivery_id, batch_id, distributor_id, delivery_first, delivery_last, outcome, first, last, noted_by, noted_at)
  values (gen_random_uuid(), '${idOf(delivery)}', '${BATCH}', '${distributor}', 0, 999, '${outcome}', ${first}, ${last}, 'x', now())`;
const handedOver = (distributor: string, first: number, last: number, returned = 'null') => `
  insert into issuance.hand_over (id, delivery_outcome_id, batch_id, distributor_id, outcome, received_first, received_last, first, last, handed_over_by, handed_over_at, returned_by, returned_at)
  values (gen_random_uuid(), gen_random_uuid(), '${BATCH}', '${distributor}', 'received', 0, 999, ${first}, ${last}, 'x', now(), ${returned}, ${returned === 'null' ? 'null' : 'now()'})`;
const lost = (first: number, last: number, reason = 'stolen', distributor: string | null = ONE) => `
  insert into issuance.stock_loss (id, batch_id, batch_count, distributor_id, reason, first, last, noted_by, noted_at)
  values (gen_random_uuid(), '${BATCH}', 100, ${distributor ? `'${distributor}'` : 'null'}, '${reason}', ${first}, ${last}, 'x', now())`;

/** 0..49 to one, of which 0..29 arrived and 30..34 were lost; 50..79 to another; 0..9 and 15..29 handed over, 10..14 stolen. */
const SOUND = [
  root(), shipped(ONE, 0, 49, `'${idOf(901)}'`), shipped(OTHER, 50, 79, `'${idOf(902)}'`),
  settled(901, ONE, 'received', 0, 29), settled(901, ONE, 'lost', 30, 34), settled(902, OTHER, 'received', 50, 79),
  held(1, 0, 'under_way', 0, 49), held(2, 0, 'under_way', 50, 79, OTHER), held(3, 1, 'stock', 0, 29), held(4, 1, 'lost', 30, 34), held(5, 2, 'stock', 50, 79, OTHER),
  handedOver(ONE, 0, 9), handedOver(ONE, 10, 19, `'x'`), handedOver(ONE, 15, 29), lost(10, 14), lost(90, 99, 'destroyed', null),
  held(6, 3, 'handed_over', 0, 9), held(7, 3, 'handed_over', 10, 19), held(8, 7, 'stock', 10, 19), held(9, 8, 'handed_over', 15, 19), held(10, 3, 'handed_over', 20, 29),
  held(11, 8, 'lost', 10, 14), held(12, 0, 'destroyed', 90, 99, null),
];

async function found(...statements: string[]): Promise<string[]> {
  await admin.query('truncate issuance.holding, issuance.delivery, issuance.delivery_outcome, issuance.hand_over, issuance.stock_loss cascade');
  for (const statement of [...SOUND, ...statements]) await admin.query(statement);
  return (await inspect(database.urlFor('issuance'), K1)).broken.map(({ detail }) => detail).sort();
}

describe('K1', () => {
  it('is content with parts of parts, and with what was taken back and handed over anew', async () => {
    expect(await found()).toEqual([]);
  });

  const somewhere = (count: number, spans = '{[0,100)}') => expect.stringMatching(`^of its 100 vouchers ${count} are somewhere, in ${spans.replace(/[[{()}]/g, '\\$&')}$`);
  const unlike = (what: string, said: string, placed: string) => `${what}: documents say ${said}, holdings ${placed}`;
  it.each<[string, string[], unknown[]]>([
    ['in two places', [held(20, 3, 'lost', 5, 6), lost(5, 6)], [somewhere(102)]],
    ['in two places, of which one is a stranger\'s', [held(20, 0, 'operator', 79, 80, null)], [somewhere(101)]],
    ['nowhere, because its batch was never laid out', [`delete from issuance.holding where id = '${BATCH}'`], [somewhere(90, '{[0,80),[90,100)}')]],
    ['shipped to two', [shipped(OTHER, 40, 41)], [unlike(`under_way of ${OTHER}`, '{[40,42)}', '{}')]],
    ['received, and its stock is not there', [settled(901, ONE, 'received', 40, 41)], [unlike(`under_way of ${ONE}`, '{[35,40),[42,50)}', '{[35,50)}')]],
    ['handed over twice', [handedOver(ONE, 9, 9)], [unlike(`handed_over of ${ONE}`, '{[0,10),[15,30)}', '{[0,10),[15,30)}')]],
    ['handed over though it was lost', [handedOver(ONE, 30, 30)], [unlike(`handed_over of ${ONE}`, '{[0,10),[15,31)}', '{[0,10),[15,30)}')]],
    ['handed over out of a stranger\'s stock', [handedOver(OTHER, 5, 5)], [unlike(`handed_over of ${OTHER}`, '{[5,6)}', '{}')]],
    ['handed over, and nothing says by which hand-over', [held(20, 5, 'handed_over', 60, 60, OTHER)], [unlike(`handed_over of ${OTHER}`, '{}', '{[60,61)}')]],
    ['stolen, and still in stock', [lost(60, 69, 'stolen', OTHER)], [unlike(`lost of ${OTHER}`, '{[60,70)}', '{}')]],
    ['destroyed by nobody', [held(20, 0, 'destroyed', 80, 81, null)], [unlike('destroyed of the operator', '{[90,100)}', '{[80,82),[90,100)}')]],
  ])('finds a voucher that is %s', async (_, statements, details) => {
    expect(await found(...statements)).toEqual(details);
  });
});
