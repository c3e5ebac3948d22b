// The whole platform on a simulated clock and transport, against a model that shares no line with it.
// Goal: whatever is asked in whatever order, and however late, lost, doubled and overtaken its messages are, every answer is the
// legal one and every cent is where the model has it; and a seed plays the same history again.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { seedOfRun, testDatabase, type TestDatabase } from '#libs/testing';
import { simulate } from '../../apps/cli/src/simulate/simulate.js';

const FULL = process.env['MEREAU_SIZES'] === 'full';
const STEPS = FULL ? 300 : 50;
const SEEDS = Array.from({ length: FULL ? 10 : 2 }, (_, at) => `${seedOfRun()}:${at}`);

/** Of which a message is lost within the short play. */
const KNOWN_TO_LOSE = '7:0';
const isLoss = (line: string): boolean => line.startsWith('  lost');

let database: TestDatabase;
beforeEach(async () => { database = await testDatabase(); });
afterEach(() => database.drop());

describe('the platform', () => {
  it.each(SEEDS)('answers as the model says to the end of its vouchers (seed %s)', async (seed) => {
    const { failure, history, inspections } = await simulate(database, { seed, steps: STEPS, inspectEvery: 25 });
    expect({ failure, last: failure && history.slice(-20) }).toEqual({ failure: undefined, last: undefined });
    expect(inspections).toBe(STEPS / 25 + 2);
    // A long play in which nothing is lost would prove nothing; a short one may end without, by its seed.
    if (FULL) expect(history.some(isLoss)).toBe(true);
    expect(history.filter((line) => line.startsWith('#')).length).toBeGreaterThanOrEqual(STEPS);
  });

  it('loses messages where its seed says so', async () => {
    const { failure, history } = await simulate(database, { seed: KNOWN_TO_LOSE, steps: STEPS, inspectEvery: 25 });
    expect([failure, history.some(isLoss)]).toEqual([undefined, true]);
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
