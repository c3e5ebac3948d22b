// Decision 22: all invariants are asked in property, simulation and chaos tests. Whoever adds such a suite on a database ends it so too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CATALOGUE, ofOneService } from '#libs/invariants';

const read = (path: string): string => readFileSync(path, 'utf8');
const specs = (ending: string, ...folders: string[]): string[] => folders
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))))
  .filter((path) => path.endsWith(ending)).sort();

/** Histories that fast-check draws and a database keeps. */
const histories = specs('.int.spec.ts', 'apps', 'libs', 'test/property').filter((path) => /asyncProperty|asyncModelRun/.test(read(path)) || path.startsWith('test/property'));

describe('all invariants', () => {
  it.each(histories)('are asked of the random histories of %s', (path) => {
    expect(read(path)).toMatch(/brokenAlone\(|brokenOfAll\(/);
  });

  it.each(specs('.spec.ts', 'test/chaos'))('are asked after the chaos of %s', (path) => {
    expect(read(path)).toMatch(/brokenOfAll\(/);
  });

  it.each(specs('.spec.ts', 'test/simulation'))('are asked by the simulation of %s', (path) => {
    expect(read(path)).toMatch(/inspectEvery/);
  });

  it.each(['apps/cli/src/simulate/simulate.ts', 'apps/cli/src/chaos/chaos.command.ts', 'apps/cli/src/demo/demo.command.ts', 'apps/cli/src/year/year-report.ts'])('are asked whole by %s', (path) => {
    // Of one argument: the catalogue, and no part of it.
    expect(read(path)).toMatch(/inspect\([\w.]+\)/);
  });

  it('of one service are most of those that it checks each minute', () => {
    for (const schema of ['issuance', 'redemption', 'settlement'] as const) {
      const local = CATALOGUE.filter((one) => one.schema === schema && one.tier === 'local');
      expect(ofOneService(schema)).toEqual(expect.arrayContaining(local));
      expect(local.length).toBeGreaterThan(10);
    }
  });
});
