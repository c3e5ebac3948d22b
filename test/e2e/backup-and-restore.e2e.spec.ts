// The machine burns. Goal: a backup taken while tills were working goes on elsewhere as if nothing had happened: numbers
// continue, nothing is taken twice, old vouchers are spent, places are paid, and the signed log still fits.
import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PUBLISHED_KEYS } from '#libs/keys';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { oneOrigin, type Origins } from '../../apps/cli/src/world/api.js';
import { closeStatements, payPlaces, redeem, releaseHolds } from '../../apps/cli/src/world/money-out.js';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import type { SignedCheckpoint as Checkpoint } from '#libs/proofs';
import { verifyExport } from '../../apps/cli/src/verify/verify-export.js';
import { freePort, MAIN, openLayout, Processes, ready, type Running } from './layouts.js';

type Ended = Readonly<{ code: number; said: string }>;


const today = localDate(new Date().toISOString().slice(0, 10));
const SPENT_BEFORE = 3;

let running: Running;
let life: Opening;
let before: Checkpoint;
const spent: string[] = [];
let made: Ended;
const scratch = mkdtempSync(join(os.tmpdir(), 'mereau-backup-'));
const backup = join(scratch, 'backup');

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:backup`);
  life = await playScheme(running.setting, today, () => {});
  for (const voucher of life.vouchers.slice(0, SPENT_BEFORE)) await redeem(life.places[0]!.till, voucher, today);
  before = await life.people.operator.post<Checkpoint>('/audit/checkpoints');
  // Two more while the backup runs: each is whole in it or not there at all.
  const [ended] = await Promise.all([
    cli(['backup', backup], running.env), ...life.vouchers.slice(SPENT_BEFORE, SPENT_BEFORE + 2).map((voucher) => redeem(life.places[1]!.till, voucher, today)),
  ]);
  made = ended;
}, 400_000);
afterAll(async () => {
  await running?.close();
  rmSync(scratch, { recursive: true, force: true });
}, 60_000);

const cli = (args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> => new Promise((ended) => {
  execFile(process.execPath, [...MAIN_CLI, ...args], { env }, (error, stdout, stderr) => {
    ended({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr });
  });
});
const MAIN_CLI = [MAIN('cli')];

/** An installation of its own: its database in its data folder, the keys given from outside. */
const elsewhere = (name: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '', ...PUBLISHED_KEYS, MEREAU_ENV: 'test', MEREAU_DATA: join(scratch, name), LOG_LEVEL: 'warn', ...more,
});
const altered = (name: string, alter: (folder: string) => void): string => {
  const folder = join(scratch, name);
  cpSync(backup, folder, { recursive: true });
  alter(folder);
  return folder;
};

describe('a backup', () => {
  it('is taken beside working tills and says how far the log was signed', () => {
    expect(made.said).toContain(`signed up to ${before.size} events`);
    expect(made.code).toBe(0);
  });

  it.each<[string, (folder: string) => void, string]>([
    ['a file that was changed', (folder) => appendFileSync(join(folder, 'tables', 'redemption.voucher.copy.gz'), 'x'), 'redemption.voucher.copy.gz of the backup is not what was written'],
    ['a file that is missing', (folder) => rmSync(join(folder, 'tables', 'issuance.order.copy.gz')), 'issuance.order.copy.gz of the backup cannot be read'],
    ['no manifest', (folder) => rmSync(join(folder, 'manifest.json')), 'it is no backup, or one that did not end'],
    ['a manifest of somebody else', (folder) => writeFileSync(join(folder, 'manifest.json'), '{"format":1}'), 'manifest.json cannot be read: madeAt'],
  ])('with %s is refused before anything is written', async (what, alter, line) => {
    const target = `refused ${what}`;
    const { code, said } = await cli(['restore', altered(`altered ${what}`, alter)], elsewhere(target));
    expect(said).toContain(line);
    expect([code, existsSync(join(scratch, target))]).toEqual([1, false]);
  });

  it('is not restored under other keys, nor over what is there', async () => {
    const other = { MEREAU_WRAPPING_KEY: Buffer.alloc(32, 'another key of 32 bytes, as drawn').toString('base64') };
    const wrongKeys = await cli(['restore', backup], elsewhere('other-keys', other));
    expect(wrongKeys.said).toContain('the keys here are not those of the backup');
    expect([wrongKeys.code, readdirSync(join(scratch, 'other-keys'))]).toEqual([1, []]);
    const used = await cli(['restore', backup], running.env);
    expect(used.said).toContain('the database has been used');
    expect(used.code).toBe(1);
  });

  it('is not written into a folder that holds something, nor into the data folder', async () => {
    expect((await cli(['backup', backup], running.env)).said).toContain('is not empty');
    expect((await cli(['backup', join(running.env['MEREAU_DATA']!, 'backup')], running.env)).said).toContain('is in the data folder');
  });
});

describe('a restored installation', () => {
  const stage = new Processes();
  let people: Opening['people'];
  let tills: Opening['places'];
  let origins: Origins;
  let restored: Ended;

  beforeAll(async () => {
    const env = elsewhere('restored');
    restored = await cli(['restore', backup], env);
    const port = await freePort();
    stage.start([MAIN('cli'), 'start'], { ...env, PORT: String(port) });
    origins = oneOrigin(`http://127.0.0.1:${port}`);
    await ready(origins.audit);
    const { operator, checker, approver, auditor } = life.people;
    people = { operator: operator.at(origins), checker: checker.at(origins), approver: approver.at(origins), auditor: auditor.at(origins) };
    tills = life.places.map((place) => ({ ...place, till: place.till.at(origins) }));
  }, 400_000);
  afterAll(async () => { await stage.stop(); }, 60_000);

  it('has asked every invariant, and all hold', () => {
    expect(restored.said).toMatch(/\d+ invariants checked \([^)]+\) in .* all hold/);
    expect(restored.code).toBe(0);
  });

  it('refuses what was spent and takes what was not', async () => {
    const again = await tills[1]!.till.tryPost('/redemption/redemptions', { code: life.vouchers[0]!.code, serviceDate: today });
    expect(again).toMatchObject({ status: 409 });
    spent.push((await redeem(tills[1]!.till, life.vouchers.at(-1)!, today)).redemptionId);
  });

  it('goes on numbering, with no message missing and none taken twice', async () => {
    await until('audit has every event', async () => {
      const { senders } = await people.auditor.get<{ senders: { missing: number; lastSeq: number }[] }>('/audit/completeness');
      return senders.length >= 3 && senders.every(({ missing }) => missing === 0);
    }, 30_000);
    const listed = await Promise.all(tills.map(({ till }) => till.get<{ items: { redemptionId: string }[] }>('/redemption/redemptions?limit=100')));
    const ids = listed.flatMap(({ items }) => items.map(({ redemptionId }) => redemptionId));
    expect(ids).toEqual(expect.arrayContaining(spent));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(SPENT_BEFORE + spent.length);
  });

  it('pays the places what was claimed before and after', async () => {
    await closeStatements(people.operator, SPENT_BEFORE + spent.length);
    await releaseHolds(people);
    await closeStatements(people.operator, SPENT_BEFORE + spent.length);
    const run = await payPlaces(people, life.scheme, life.bank);
    expect(run.paymentCount).toBe(2);
  });

  it('signs a log that contains the one signed before', async () => {
    const after = await people.operator.post<Checkpoint>('/audit/checkpoints');
    const path = join(scratch, 'export.ndjson');
    writeFileSync(path, await people.auditor.text('/audit/export'));
    const verdict = await verifyExport(path, { keyIds: [before.keyId], kept: [before] });
    expect([verdict.firstWrong, verdict.verified]).toEqual([null, true]);
    expect(after.size).toBeGreaterThan(before.size);
  });

  it('ends with every invariant held', async () => {
    await until('everything is taken', async () => {
      const { senders } = await people.auditor.get<{ senders: { missing: number }[] }>('/audit/completeness');
      return senders.every(({ missing }) => missing === 0);
    }, 30_000);
    const looked = await cli(['inspect'], elsewhere('restored'));
    expect(looked.said).toContain('all hold');
    expect(looked.code).toBe(0);
  });
});

describe('an installation that made its own keys', () => {
  const stage = new Processes();
  const withoutKeys = (name: string): Record<string, string> =>
    ({ PATH: process.env['PATH'] ?? '', MEREAU_ENV: 'test', MEREAU_DATA: join(scratch, name), LOG_LEVEL: 'warn' });
  const keysOf = (name: string) => {
    const path = join(scratch, name, 'keys.json');
    return { text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 };
  };
  afterAll(async () => { await stage.stop(); }, 60_000);

  it('goes on elsewhere with them: the folder of keys is in its backup, readable by its owner only', async () => {
    const port = await freePort();
    stage.start([MAIN('cli'), 'start'], { ...withoutKeys('own-keys'), PORT: String(port) });
    await ready(`http://127.0.0.1:${port}`);
    const kept = join(scratch, 'own-keys-backup');
    expect(await cli(['backup', kept], withoutKeys('own-keys'))).toEqual({ code: 0, said: expect.any(String) });
    await stage.stop();
    expect(await cli(['restore', kept], withoutKeys('own-keys-restored'))).toEqual({ code: 0, said: expect.stringContaining('all hold') });
    expect(keysOf('own-keys-restored')).toEqual({ ...keysOf('own-keys'), mode: 0o600 });
    expect(keysOf('own-keys').text).toContain('MEREAU_WRAPPING_KEY');
  }, 400_000);
});
