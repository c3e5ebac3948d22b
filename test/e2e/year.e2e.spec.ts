// A whole year of a scheme by the command that everybody can give, at small size, with the queue in either place.
// Goal: whatever the seed, the money adds up to the cent; and whoever tampers with it is named.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { officialSchema, sampleData, seedOfRun } from '#libs/testing';
import { SABOTAGES } from '../../apps/cli/src/demo/sabotage.js';
import type { YearReport } from '../../apps/cli/src/year/year-report.js';
import { disagreements } from '../../apps/cli/src/year/ledgers/identities.js';
import { sumOfPaymentFiles } from '../../apps/cli/src/year/ledgers/payment-files.js';
import { REFUSED_KINDS } from '../../apps/cli/src/year/plan/refusals.decision.js';
import { TILL_REFUSALS } from '../../apps/redemption/src/refusals.js';
import { sirenOf } from '../../apps/cli/src/world/samples.js';
import { placesFile } from '../builders/places-file.js';
import { redisUrl } from './layouts.js';

const VOUCHERS = 60;
/** For machines that do other things too: a year of this size takes half a minute on two idle cores. */
const YEAR_MS = 600_000;
const PAIN001 = 'pain.001.001.09';
const schemaMissing = !sampleData(`iso20022/${PAIN001}.xsd`);
const FULL = process.env['MEREAU_SIZES'] === 'full';
/** Each is a year of its own: the quick run plays one of them. */
const CRIMES = FULL ? SABOTAGES : SABOTAGES.slice(0, 1);

let folder: string;
let places: string;
let payers: string;
beforeAll(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'mereau-e2e-year-'));
  places = join(folder, 'places.csv');
  writeFileSync(places, placesFile(40));
  payers = join(folder, 'payers.csv');
  writeFileSync(payers, ['nom;siren', ...[1, 2, 3].map((number) => `Commune ${number};${sirenOf(700 + number)}`)].join('\n'));
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

function demo(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/apps/cli/src/main.js', 'demo', '--places', places, '--payers', payers, '--vouchers', String(VOUCHERS), ...args], {
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: process.env['MEREAU_TEST_FOLDER'] ?? os.tmpdir() }, stdio: ['ignore', 'pipe', 'pipe'],
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
      // What it says of itself is shown only where it failed: the rows that break an invariant are in there.
      expect([seed, code, stderr, code === 0 ? '' : stdout]).toEqual([seed, 0, '', '']);
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      report = JSON.parse(stdout) as YearReport;
    }, YEAR_MS);

    it('breaks no invariant, and its money adds up to the cent', () => {
      expect(report.invariants).toMatchObject({ broken: 0, rows: [] });
      expect(disagreements({ ...report.cents, paymentFiles: sumOfPaymentFiles(report.files.pain001Places) })).toEqual([]);
      expect(report.cents).toMatchObject({
        funded: VOUCHERS * 1_000, issued: VOUCHERS * 1_000, outstanding: 0, accrued: 0, payable: 0, inTransit: 0, held: 0,
      });
      const { paid, refunded, redeemed } = report.cents;
      expect(paid).toBeGreaterThan(0);
      expect(refunded).toBe(VOUCHERS * 1_000 - redeemed);
    });

    it('says what became of each row of its places', () => {
      // 40 different ones; one again, one without a number, one without a name.
      expect(report.places).toEqual({ read: 43, imported: 41, merged: 1, refused: 1 });
    });

    it('counts its vouchers, and refuses for every reason that a till can be told, but for those that it does not play', () => {
      const { issued, spendable, replaced, handedOver, redeemed, expired, refusedByCode } = report.vouchers;
      expect([issued, spendable]).toEqual([VOUCHERS, VOUCHERS]);
      expect(redeemed).toBeGreaterThanOrEqual(Math.floor(VOUCHERS * 0.3));
      expect(replaced).toBeGreaterThan(0);
      expect(handedOver).toBeGreaterThan(0);
      // A voucher that holds a balance may be used in part and expire with the rest.
      expect(redeemed + expired).toBeGreaterThanOrEqual(VOUCHERS);
      expect(Object.keys(refusedByCode).sort()).toEqual([...REFUSED_KINDS].sort());
      expect([...REFUSED_KINDS, ...NOT_PLAYED].sort()).toEqual([...TILL_REFUSALS].sort());
    });

    it('seals its audit log, and the export is verified by a reader who believes nothing', () => {
      expect(report.audit).toEqual({ events: expect.any(Number), root: expect.stringMatching(/^[0-9a-f]{64}$/), verified: true });
      expect(report.audit.events).toBeGreaterThan(100);
    });

    it('leaves its files where it says', () => {
      const { statements, pain001Places, pain001Refunds, ...files } = report.files;
      expect(pain001Refunds.length).toBeGreaterThan(0);
      // Not one per payment file: a payment that came back goes into the next without a statement of its own.
      const statementFiles = readdirSync(statements!).map((name) => join(statements!, name));
      expect(statementFiles.length).toBeGreaterThan(0);
      expect(readFileSync(files.pdf!).subarray(0, 5).toString()).toBe('%PDF-');
      const paths = [...pain001Places, ...pain001Refunds, ...statementFiles, ...Object.values(files).flat()];
      expect(paths.length).toBeGreaterThan(10);
      for (const path of [statements!, ...paths]) expect(isAbsolute(path)).toBe(true);
      for (const path of paths) expect(readFileSync(path).length).toBeGreaterThan(100);
    });

    (schemaMissing ? it.skip : it)(`tells the bank nothing that the official schema refuses${schemaMissing ? ` (skipped: no ${PAIN001}.xsd)` : ''}`, async () => {
      const errorsOf = (await officialSchema(PAIN001))!;
      const { pain001Places, pain001Refunds } = report.files;
      for (const path of [...pain001Places, ...pain001Refunds]) expect([path, errorsOf(readFileSync(path, 'utf8'))]).toEqual([path, []]);
    });
  });
}

/**
 * No payment of the year is disputed, no place suspended, gone or accredited for some services only, no price declared, nothing held: a
 * till meets these in apps/redemption/src/redeem-voucher/till-refusals.int.spec.ts.
 */
const NOT_PLAYED = [
  'voucher_frozen', 'place_suspended', 'place_withdrawn', 'place_left', 'place_claim_too_late', 'service_not_accredited', 'price_over_bound',
  'tariff_under_bound', 'price_over_tariff', 'voucher_held',
];

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
