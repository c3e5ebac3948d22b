// The look of every minute: what it finds is told, and what it cannot ask keeps nothing else from being found.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#libs/testing';
import type { Broken, Invariant } from './invariant.js';
import { watchInvariants } from './watch.js';

const invariant = (id: string, sql: string): Invariant => ({ id, holds: `${id} holds`, tier: 'local', schema: 'settlement', sql, fault: 'planted' });
const broken = invariant('B', `select 'row:1' as row_named, 'wrong' as detail`);

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(() => database.drop());

it('tells a broken row once, beside an invariant whose question fails', async () => {
  const [told, faults]: [Broken[], unknown[]] = [[], []];
  const settings = { schema: 'settlement', url: database.inspectorUrl, onBroken: (one: Broken) => told.push(one), onFault: (error: unknown) => faults.push(error) } as const;
  const watch = watchInvariants(settings, [invariant('A', 'select no_such_column'), broken]);
  await watch.look();
  await watch.look();
  expect(told).toEqual([{ invariant: 'B', holds: 'B holds', rowNamed: 'row:1', detail: 'wrong' }]);
  expect(faults).toHaveLength(2);
  expect(watch.broken()).toEqual(told);
});

it('says so when nothing can be asked at all', async () => {
  const faults: unknown[] = [];
  const watch = watchInvariants({ schema: 'settlement', url: 'postgres://nobody@127.0.0.1:1/none', onBroken: () => undefined, onFault: (error) => faults.push(error) }, [broken]);
  await watch.look();
  expect([faults.length, watch.broken()]).toEqual([1, []]);
});
