// What breaks a promise of the platform behind its back, planted into a play that holds without it.
// Goal: each is found and named, and a wrong refusal although no sum and no invariant tells of it.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { SABOTAGES, type Sabotage } from '../../apps/cli/src/simulate/sabotage.js';
import { simulate } from '../../apps/cli/src/simulate/simulate.js';

let database: TestDatabase;
beforeEach(async () => { database = await testDatabase(); });
afterEach(() => database.drop());

const FOUND: Readonly<Record<Sabotage, RegExp>> = {
  'apply-twice': /invariant is broken: L/,
  'lose-message': /invariant is broken: L|never arrived/,
  'refuse-wrongly': /the platform place_not_accredited/,
};

describe('what is broken behind its back', () => {
  it.each(SABOTAGES)('is found: %s', async (sabotage) => {
    const { failure } = await simulate(database, { seed: 'planted', steps: 60, inspectEvery: 20, sabotage });
    expect(failure?.reason).toMatch(FOUND[sabotage]);
  });
});
