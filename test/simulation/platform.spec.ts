// The whole platform on a simulated clock and transport, against a model that shares no line with it.
// Goal: whatever is asked in whatever order, and however late, lost, doubled and overtaken its messages are, every answer is the
// legal one and every cent is where the model has it; a seed plays the same history again; and what is broken is found.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { seedOfRun, testDatabase, type TestDatabase } from '#libs/testing';
import { SABOTAGES } from '../../apps/cli/src/simulate/sabotage.js';
import { simulate } from '../../apps/cli/src/simulate/simulate.js';

/** On a machine that does much else besides, a play takes a minute. */
jest.setTimeout(240_000);

const FULL = process.env['MEREAU_SIZES'] === 'full';
const STEPS = FULL ? 300 : 50;
const SEEDS = Array.from({ length: FULL ? 10 : 2 }, (_, at) => `${seedOfRun()}:${at}`);

let database: TestDatabase;
beforeEach(async () => { database = await testDatabase(); });
afterEach(() => database.drop());

describe('the platform', () => {
  it.each(SEEDS)('answers as the model says to the end of its vouchers (seed %s)', async (seed) => {
    const { failure, history, inspections } = await simulate(database, { seed, steps: STEPS, inspectEvery: 25 });
    expect({ failure, last: failure && history.slice(-20) }).toEqual({ failure: undefined, last: undefined });
    expect(inspections).toBe(STEPS / 25 + 2);
    // A play in which nothing is lost, late or paid would prove nothing.
    expect(history.some((line) => line.startsWith('  lost'))).toBe(true);
    expect(history.filter((line) => line.startsWith('#')).length).toBeGreaterThanOrEqual(STEPS);
  });

  it('plays one seed twice with the same history, byte for byte', async () => {
    const wanted = { seed: SEEDS[0]!, steps: 30, inspectEvery: 30 };
    const first = await simulate(database, wanted);
    const other = await testDatabase();
    try {
      expect((await simulate(other, wanted)).history.join('\n')).toBe(first.history.join('\n'));
    } finally {
      await other.drop();
    }
  });
});

describe('what is broken behind its back', () => {
  it.each([
    ['apply-twice', /invariant is broken: L/],
    ['lose-message', /invariant is broken: L|never arrived/],
    ['refuse-wrongly', /the platform place_not_accredited/],
  ] as const)('is found: %s', async (sabotage, reason) => {
    expect(SABOTAGES).toContain(sabotage);
    const { failure } = await simulate(database, { seed: 'planted', steps: 60, inspectEvery: 30, sabotage });
    expect(failure?.reason).toMatch(reason);
  });
});
