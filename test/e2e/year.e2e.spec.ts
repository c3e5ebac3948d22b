// A whole year of a scheme by the command that everybody can give, at small size, with the queue in either place.
// Goal: whatever the seed, the money adds up to the cent; and whoever tampers with it is named.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOfRun } from '#libs/testing';
import { SABOTAGES } from '../../apps/cli/src/demo/sabotage.js';
import type { YearReport } from '../../apps/cli/src/year/year-report.js';
import { disagreements } from '../../apps/cli/src/year/ledgers/identities.js';
import { sumOfPaymentFiles } from '../../apps/cli/src/year/ledgers/payment-files.js';
import { REFUSED_KINDS } from '../../apps/cli/src/year/plan/refusals.decision.js';
import { placesFile } from '../builders/places-file.js';
import { redisUrl } from './layouts.js';

const VOUCHERS = 60;
const YEAR_MS = 120_000;
const FULL = process.env['MEREAU_SIZES'] === 'full';
/** Each is a year of its own: the quick run plays one of them. */
const CRIMES = FULL ? SABOTAGES : SABOTAGES.slice(0, 1);

let folder: string;
let places: string;
beforeAll(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'mereau-e2e-year-'));
  places = join(folder, 'places.csv');
  writeFileSync(places, placesFile(40));
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

function demo(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/apps/cli/src/main.js', 'demo', '--places', places, '--vouchers', String(VOUCHERS), ...args], {
    env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', (chunk: Buffer) => { output[stream] += chunk.toString(); });
  return new Promise((ended) => { child.once('close', (code) => ended({ code, ...output })); });
}

for (const queue of ['postgres', 'redis'] as const) {
  const missing = queue === 'redis' && !redisUrl();
  (missing ? describe.skip : describe)(`a year of a scheme, queue in ${queue}${missing ? ' (skipped: no redis-server)' : ''}`, () => {
    let report: YearReport;

    beforeAll(async () => {
      const seed = `${seedOfRun()}:${queue}`;
      const { code, stdout, stderr } = await demo('--json', '--queue', queue, '--seed', seed, '--out', join(folder, queue));
      expect([seed, code, stderr]).toEqual([seed, 0, '']);
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      report = JSON.parse(stdout) as YearReport;
    }, YEAR_MS);

    it('breaks no invariant, and its money adds up to the cent', () => {
      expect(report.invariants).toMatchObject({ broken: 0, rows: [] });
      expect(disagreements({ ...report.cents, paymentFiles: sumOfPaymentFiles(report.files.pain001Places) })).toEqual([]);
      expect(report.cents).toMatchObject({ funded: VOUCHERS * 1_000, issued: VOUCHERS * 1_000, accrued: 0, held: 0, inTransit: 0 });
      expect(report.cents.paid).toBeGreaterThan(0);
    });

    it('counts what it issued, and refuses for every reason that a till can be told', () => {
      expect(report.vouchers).toMatchObject({ issued: VOUCHERS, spendable: VOUCHERS });
      expect(report.vouchers.redeemed).toBeGreaterThanOrEqual(Math.floor(VOUCHERS * 0.3));
      expect(Object.keys(report.vouchers.refusedByCode).sort()).toEqual([...REFUSED_KINDS].sort());
    });

    it('leaves its files where it says', () => {
      const paths = Object.values(report.files).flat();
      expect(paths.length).toBeGreaterThan(10);
      for (const path of paths) {
        expect(isAbsolute(path)).toBe(true);
        expect(readFileSync(path).length).toBeGreaterThan(100);
      }
    });
  });
}

describe('a year with a crime in it', () => {
  it.each(CRIMES)('names the row: %s', async (sabotage) => {
    const { code, stdout } = await demo('--json', '--seed', `${seedOfRun()}:${sabotage}`, '--sabotage', sabotage);
    const { invariants } = JSON.parse(stdout) as YearReport;
    expect(code).toBe(1);
    expect(invariants.broken).toBeGreaterThan(0);
    expect(invariants.rows[0]).toMatchObject({ invariant: expect.stringMatching(/^[A-Z]/), row: expect.stringMatching(/\S/) });
  }, YEAR_MS);

  it('is played by its name only', async () => {
    const { code, stdout, stderr } = await demo('--sabotage', 'steal');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^there is no sabotage steal; usage: /);
  });
});
