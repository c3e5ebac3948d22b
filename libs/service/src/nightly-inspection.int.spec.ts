// What only the inspector sees, seen by an installation that nobody looks after.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CATALOGUE, inspect, ofOneService, type Broken, type Invariant } from '#libs/invariants';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { NightlyInspection } from './nightly-inspection.js';

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('create table settlement.seen (row_named text primary key); grant select on settlement.seen to public');
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const invariants: readonly Invariant[] = [
  { id: 'X1', holds: 'cannot be asked', tier: 'inspector', sql: 'select no_such_column', fault: 'planted' },
  { id: 'X2', holds: 'nobody was seen', tier: 'inspector', sql: `select row_named, 'seen' as detail from settlement.seen`, fault: 'planted' },
];

function nights() {
  const told: Broken[] = [];
  const faults: object[] = [];
  let now = new Date('2026-11-30T01:30:00Z');
  const inspection = new NightlyInspection({
    inspectorUrl: database.inspectorUrl, invariants, now: () => now,
    tell: async (broken) => { told.push(broken); }, log: { info: () => undefined, error: (fields) => { faults.push(fields); } },
  });
  return { told, faults, at: async (moment: string) => { now = new Date(moment); await inspection.look(); } };
}
const plant = (row: string) => admin.query('insert into settlement.seen values ($1)', [row]);
const mend = () => admin.query('delete from settlement.seen');

describe('each night', () => {
  it('tells what is broken at three and still ten minutes later, each night anew', async () => {
    const { told, faults, at } = nights();
    await plant('row:1');
    await at('2026-11-30T01:50:00Z');
    await at('2026-11-30T02:00:00Z');
    expect(told).toEqual([]);
    await at('2026-11-30T02:10:00Z');
    expect(told).toEqual([{ invariant: 'X2', holds: 'nobody was seen', rowNamed: 'row:1', detail: 'seen' }]);
    await at('2026-11-30T02:20:00Z');
    expect(told).toHaveLength(1);
    for (const moment of ['2026-12-01T02:00:00Z', '2026-12-01T02:10:00Z']) await at(moment);
    expect(told).toHaveLength(2);
    // The one that cannot be asked keeps the other from nothing, and is in the log each night; so is what is broken, as it is told.
    expect(faults.filter((fields) => 'err' in fields)).toHaveLength(2);
    await mend();
  });

  it('tells nothing of a row that was under way, nor of another that came meanwhile', async () => {
    const { told, at } = nights();
    await plant('row:1');
    await at('2026-11-30T02:00:00Z');
    await mend();
    await plant('row:2');
    await at('2026-11-30T02:10:00Z');
    expect(told).toEqual([]);
    await mend();
  });
});

describe('a service that runs alone', () => {
  it.each(['issuance', 'redemption', 'settlement', 'audit', 'identity'] as const)('may ask all of its own tables under its own role: %s', async (schema) => {
    const own = ofOneService(schema);
    const { checked, broken } = await inspect(database.urlFor(schema), own);
    expect([checked, broken]).toEqual([own.length, []]);
    const eachMinute = CATALOGUE.filter((one) => one.schema === schema && one.tier === 'local');
    expect(own).toEqual(expect.arrayContaining(eachMinute));
  });
});
