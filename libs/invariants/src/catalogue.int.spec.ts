import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE, inspect } from './index.js';

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(async () => { await database.drop(); });

describe('the catalogue', () => {
  it('names each invariant once', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  });

  it.each(CATALOGUE.map((invariant) => [invariant.id, invariant] as const))('%s runs under the role that checks it, and finds nothing in an empty database', async (_id, invariant) => {
    const url = invariant.schema ? database.urlFor(invariant.schema) : database.inspectorUrl;
    expect(await inspect(url, [invariant])).toMatchObject({ checked: 1, broken: [] });
  });
});
