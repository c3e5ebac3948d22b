import { describe, expect, it } from '@jest/globals';
import { countResults, ORDER, relatedSpecs, slowestOf, SUITES } from './test-suites.mjs';

const suiteOf = (file: string) => SUITES.find(({ has }: { has: (name: string) => boolean }) => has(file)).name;

describe('the suites', () => {
  it.each([
    ['libs/kernel/src/money.spec.ts', 'unit'], ['test/contract/samples.spec.ts', 'unit'], ['test/tidy/catalogue.int.spec.ts', 'tidy'],
    ['libs/persistence/src/unit-of-work.int.spec.ts', 'integration'], ['test/e2e/place-is-reimbursed.e2e.spec.ts', 'e2e'],
    ['test/e2e/split.spec.ts', 'e2e'], ['test/property/ledger.spec.ts', 'property'], ['test/simulation/month.int.spec.ts', 'simulation'],
    ['test/chaos/killed-relay.int.spec.ts', 'chaos'], ['test/browser/till.e2e.spec.ts', 'browser'],
  ])('put %s into %s', (file, suite) => expect(suiteOf(file)).toBe(suite));

  it('are each run once', () => expect([...ORDER].sort()).toEqual(SUITES.map(({ name }: { name: string }) => name).sort()));
});

describe('the count of results', () => {
  const test = (status: string, fullName: string) => ({ status, fullName });

  it('adds files up and names what failed and what was skipped', () => {
    expect(countResults([
      { file: 'a.spec.ts', broken: true, tests: [test('passed', 'a 1'), test('failed', 'a 2'), test('pending', 'a 3')] },
      { file: 'b.spec.ts', broken: false, tests: [test('passed', 'b 1'), test('todo', 'b 2')] },
    ])).toEqual({
      passed: 2, failed: 1, skipped: 2, failedTests: ['a.spec.ts: a 2'], skippedTests: ['a.spec.ts: a 3', 'b.spec.ts: b 2'],
    });
  });

  it('counts a file that could not be run as a failure', () => {
    expect(countResults([{ file: 'a.spec.ts', broken: true, tests: [] }])).toMatchObject({ failed: 1, failedTests: ['a.spec.ts: could not be run'] });
  });

  it('is zero for nothing, which the runner takes for a failure', () => {
    expect(countResults([])).toMatchObject({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe('the slowest files', () => {
  it('are five at most, the slowest first', () => {
    const slowest = slowestOf([3, 9, 1, 7, 5, 8].map((runtimeMs) => ({ file: `${runtimeMs}.spec.ts`, runtimeMs })));
    expect(slowest.map(({ runtimeMs }: { runtimeMs: number }) => runtimeMs)).toEqual([9, 8, 7, 5, 3]);
  });
});

describe('the specs that a change can break', () => {
  it('are none where nothing changed, and those that import what did', async () => {
    expect(await relatedSpecs([])).toEqual(new Set());
    expect(await relatedSpecs(['tools/test-suites.mjs'])).toEqual(new Set(['tools/test-suites.spec.ts']));
  }, 30_000);
});
