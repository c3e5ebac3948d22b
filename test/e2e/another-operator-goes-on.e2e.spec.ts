// The operator gives up. Goal: another one, with other keys, other people and another database, goes on where it was: the same
// cents are owed to the same bodies, vouchers in people's hands are redeemed by their old codes, places are paid, the signed log
// still fits. And never do both go on.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { PUBLISHED_KEYS } from '#libs/keys';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { newSigningKey } from '../../libs/keys/src/signing-key.js';
import { runningDatabaseUrl } from '../../apps/cli/src/start/embedded-database.js';
import { oneOrigin, Person, type Origins } from '../../apps/cli/src/world/api.js';
import { closeStatements, payPlaces, redeem, releaseHolds, type Run } from '../../apps/cli/src/world/money-out.js';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import type { SignedCheckpoint as Checkpoint } from '../../apps/cli/src/verify/signed-checkpoint.js';
import { verifyExport } from '../../apps/cli/src/verify/verify-export.js';
import { freePort, MAIN, openLayout, Processes, ready, type Running } from './layouts.js';

type Ended = Readonly<{ code: number; said: string }>;
type Environment = Readonly<Record<string, string>>;
type Account = Readonly<{ ledger: string; account: string; cents: string }>;

const today = localDate(new Date().toISOString().slice(0, 10));
const SPENT_BEFORE = 4;
const scratch = mkdtempSync(join(os.tmpdir(), 'mereau-cession-'));
const folder = join(scratch, 'cession');
const [key, release] = [join(scratch, 'receiver.pem'), join(scratch, 'release.json')];

/** Of the receiver: nothing of the giver's is in it. */
const receiverKeys = {
  MEREAU_WRAPPING_KEY_ID: 'successor-1', MEREAU_WRAPPING_KEY: randomBytes(32).toString('base64'),
  MEREAU_SIGNING_KEY: newSigningKey(), MEREAU_CHECKPOINT_SIGNING_KEY: newSigningKey(),
};
const receiverEnv = (name: string, keys: Environment = receiverKeys): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '', ...keys, MEREAU_ENV: 'test', MEREAU_DATA: join(scratch, name), MEREAU_COOLING_OFF_HOURS: '0', LOG_LEVEL: 'warn',
});

const cli = (args: readonly string[], env: Environment): Promise<Ended> => new Promise((ended) => {
  execFile(process.execPath, [MAIN('cli'), ...args], { env }, (error, stdout, stderr) => {
    ended({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr });
  });
});
const takeOver = (from: string, env: Environment, ...more: string[]): Promise<Ended> =>
  cli(['take-over', from, '--from', giverKeyId, ...more], env);

let running: Running;
let life: Opening;
let first: Run;
let lastOld: Checkpoint;
let giverKeyId: string;
let ceded: Ended;
let balances: readonly Account[];
const stage = new Processes();

/** The giver again, on the database that the layout left. */
async function giverAt(): Promise<Origins> {
  const port = await freePort();
  stage.start([MAIN('cli'), 'start'], { ...running.env, PORT: String(port) });
  const origins = oneOrigin(`http://127.0.0.1:${port}`);
  await ready(origins.audit);
  return origins;
}

async function balancesAt(url: string): Promise<Account[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const all = ['issuance', 'redemption', 'settlement'].map((ledger) => `select '${ledger}' as ledger, debit as account, amount from ${ledger}.transfer
      union all select '${ledger}', credit, -amount from ${ledger}.transfer`).join(' union all ');
    const { rows } = await client.query<Account>(`select ledger, account, sum(amount)::text as cents from (${all}) t group by 1, 2 order by 1, 2`);
    return rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:cession`);
  const { plot, origins } = running;
  life = await playScheme({ origins, nextKey: plot.nextKey, passwordFor: plot.passwordFor }, today, () => {});
  // One place is paid before, the other is left for who comes.
  for (const voucher of life.vouchers.slice(0, 2)) await redeem(life.places[0]!.till, voucher, today);
  await closeStatements(life.people.operator, 2);
  await releaseHolds(life.people);
  await closeStatements(life.people.operator, 2);
  first = await payPlaces(life.people, life.scheme, life.bank);
  for (const voucher of life.vouchers.slice(2, SPENT_BEFORE)) await redeem(life.places[1]!.till, voucher, today);
  lastOld = await life.people.operator.post<Checkpoint>('/audit/checkpoints');
  giverKeyId = lastOld.keyId;
  await until('all is told', async () => (await life.people.auditor.get<{ senders: { missing: number }[] }>('/audit/completeness')).senders.every(({ missing }) => missing === 0), 30_000);
  expect((await cli(['receiving-key', key], receiverEnv('successor'))).code).toBe(0);
}, 180_000);
afterAll(async () => {
  await stage.stop();
  await running?.close();
  rmSync(scratch, { recursive: true, force: true });
}, 60_000);

describe('an installation', () => {
  it('is not ceded while its services work, and stays open then', async () => {
    const { code, said } = await cli(['cede', join(scratch, 'too-early'), '--to', key], running.env);
    expect(said).toContain('stop every service first');
    expect(code).toBe(1);
    await redeem(life.places[0]!.till, life.vouchers.at(-1)!, today);
  });

  it('is closed by its cession, which is given up again: it goes on, and nobody opens that folder', async () => {
    await running.stop();
    const abandoned = join(scratch, 'abandoned');
    expect(await cli(['cede', abandoned, '--to', key], running.env)).toMatchObject({ code: 0 });
    expect(await cli(['reclaim'], running.env)).toMatchObject({ code: 0 });
    expect((await cli(['release-cession', release], running.env)).said).toContain('is not ceded');
    expect(existsSync(release)).toBe(false);
    const origins = await giverAt();
    await redeem(life.places[0]!.till.at(origins), life.vouchers.at(-2)!, today);
    await stage.stop();
  });

  it('is ceded with everything signed, and its keys nowhere in clear', async () => {
    ceded = await cli(['cede', folder, '--to', key], running.env);
    expect(ceded.said).toContain(`signed by ${giverKeyId}`);
    expect(ceded.code).toBe(0);
    balances = await balancesAt(running.database.adminUrl);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['cession.json', 'cession.sig', 'log.ndjson', 'books.json', 'owed.json', 'owed.csv', 'owed.pdf', 'manifest.json']));
    const secrets = [PUBLISHED_KEYS.MEREAU_WRAPPING_KEY, PUBLISHED_KEYS.MEREAU_SIGNING_KEY, PUBLISHED_KEYS.MEREAU_CHECKPOINT_SIGNING_KEY];
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
  });

  it('lists what is owed to whom, to the cent of its books', () => {
    const owed = JSON.parse(readFileSync(join(folder, 'owed.json'), 'utf8')) as { totalCents: string; lines: { to: string; kind: string; cents: string }[] };
    const debts = (kind: string) => balances.filter(({ account }) => account.split(':')[0] === kind).reduce((sum, { cents }) => sum - BigInt(cents), 0n).toString();
    const said = (kind: string) => owed.lines.filter((line) => line.kind === kind).reduce((sum, { cents }) => sum + BigInt(cents), 0n).toString();
    for (const kind of ['outstanding', 'accrued', 'held', 'payable', 'transit', 'prefund', 'unmatched', 'commons']) expect([kind, said(kind)]).toEqual([kind, debts(kind)]);
    expect(BigInt(said('outstanding'))).toBeGreaterThan(0n);
    expect(readFileSync(join(folder, 'owed.csv'), 'utf8').split('\r\n')).toHaveLength(owed.lines.length + 2);
  });

  it('shows what it has and takes nothing once it is ceded', async () => {
    const origins = await giverAt();
    const till = life.places[0]!.till.at(origins);
    const redeemed = await till.tryPost('/redemption/redemptions', { code: life.vouchers[5]!.code, serviceDate: today });
    expect(redeemed).toMatchObject({ status: 410, body: { code: 'installation_ceded' } });
    const operator = life.people.operator.at(origins);
    expect(await operator.tryPost('/redemption/period-closings', {})).toMatchObject({ status: 410, body: { code: 'installation_ceded' } });
    expect((await till.get<{ items: unknown[] }>('/redemption/redemptions?limit=100')).items.length).toBeGreaterThan(0);
    await stage.stop();
    expect(await balancesAt(running.database.adminUrl)).toEqual(balances);
  });
});

const altered = (name: string, alter: (copy: string) => void): string => {
  const copy = join(scratch, name);
  cpSync(folder, copy, { recursive: true });
  alter(copy);
  return copy;
};
const replaced = (path: string, from: string | RegExp, to: string): void => writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

describe('a cession', () => {
  it.each<[string, (copy: string) => void, string]>([
    ['another total owed', (copy) => replaced(join(copy, 'cession.json'), /"totalOwedCents": "(\d)/, '"totalOwedCents": "9$1'), 'is not what the key'],
    ['a changed table', (copy) => appendFileSync(join(copy, 'tables', 'redemption.voucher.copy.gz'), 'x'), 'redemption.voucher.copy.gz of the backup is not what was written'],
    ['a changed list of what is owed', (copy) => appendFileSync(join(copy, 'owed.csv'), 'x'), 'owed.csv of the backup is not what was written'],
    ['a manifest of its own making', (copy) => appendFileSync(join(copy, 'manifest.json'), ' '), 'manifest.json of the backup is not what was written'],
    ['no signature', (copy) => rmSync(join(copy, 'cession.sig')), 'it is no cession, or one that did not end'],
  ])('with %s is refused before anything is written', async (what, alter, line) => {
    const { code, said } = await takeOver(altered(`altered ${what}`, alter), receiverEnv(`refused ${what}`));
    expect(said).toContain(line);
    expect([code, existsSync(join(scratch, `refused ${what}`))]).toEqual([1, false]);
  });

  it('is refused from a key that nobody named, by whom it is not for, and under a name of a key that both have', async () => {
    expect((await cli(['take-over', folder, '--from', 'somebody'], receiverEnv('stranger'))).said).toContain(`by the key ${giverKeyId}, and you believe somebody`);
    const other = { ...receiverKeys, MEREAU_WRAPPING_KEY: randomBytes(32).toString('base64') };
    expect((await takeOver(folder, receiverEnv('stranger', other))).said).toContain('the cession is for the key');
  });

  it('is checked without a release, and opened by none but its own', async () => {
    const looked = await takeOver(folder, receiverEnv('looked'));
    expect(looked.said).toContain('nothing was imported: ask the giver for the release');
    expect([looked.code, existsSync(join(scratch, 'looked'))]).toEqual([0, false]);
    const forged = join(scratch, 'forged.json');
    writeFileSync(forged, JSON.stringify({ receiver: 'x', release: randomBytes(32).toString('base64') }));
    const opened = await takeOver(folder, receiverEnv('forged'), '--release', forged);
    expect(opened.said).toContain('the keys do not open');
    expect([opened.code, existsSync(join(scratch, 'forged'))]).toEqual([1, false]);
  });

  it('is never reclaimed once it is released, whoever asks again', async () => {
    expect(await cli(['release-cession', release], running.env)).toMatchObject({ code: 0 });
    expect((await cli(['reclaim'], running.env)).said).toContain('it never opens again');
    expect((await cli(['cede', join(scratch, 'twice'), '--to', key], running.env)).said).toContain('is not ceded a second time');
    const again = join(scratch, 'again.json');
    expect(await cli(['release-cession', again], running.env)).toMatchObject({ code: 0 });
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(release, 'utf8'));
  });

  it('does not open with the release of another: that of the folder that was given up is gone', async () => {
    const abandoned = await takeOver(join(scratch, 'abandoned'), receiverEnv('revived'), '--release', release);
    expect(abandoned.said).toContain('the keys do not open');
    expect(abandoned.code).toBe(1);
  });
});

describe('the operator that took over', () => {
  const env = receiverEnv('successor');
  let taken: Ended;
  let origins: Origins;
  let people: Opening['people'];
  let tills: Opening['places'];
  let found: readonly Account[];
  const second = new Processes();
  const passwords = { operator: 'a password of the new operator', approver: 'a password of the new approver' };

  beforeAll(async () => {
    taken = await takeOver(folder, env, '--release', release);
    const port = await freePort();
    second.start([MAIN('cli'), 'start'], { ...env, PORT: String(port) });
    origins = oneOrigin(`http://127.0.0.1:${port}`);
    await ready(origins.audit);
    // Beside the running platform, as the owner of the machine does it.
    const databaseUrl = (await runningDatabaseUrl(process.cwd(), env['MEREAU_DATA']!))!;
    const beside = { ...env, DATABASE_URL: databaseUrl };
    for (const role of ['operator', 'approver'] as const) {
      await second.run([MAIN('cli'), `first-${role}`, `${role}@successor.example`, `The new ${role}`], { ...beside, MEREAU_FIRST_PASSWORD: passwords[role] });
    }
    const person = (role: 'operator' | 'approver') => new Person({ email: `${role}@successor.example`, password: passwords[role] }, { origins, nextKey: running.plot.nextKey });
    const [operator, approver] = [person('operator'), person('approver')];
    people = { operator, approver, checker: operator, auditor: life.people.auditor.at(origins) };
    tills = life.places.map((place) => ({ ...place, till: place.till.at(origins) }));
    found = await balancesAt(databaseUrl);
  }, 180_000);
  afterAll(async () => { await second.stop(); }, 60_000);

  it('has every invariant held and every balance as it was', () => {
    expect(taken.said).toContain('every invariant holds');
    expect(taken.code).toBe(0);
    expect(found).toEqual(balances);
  });

  it('lets the people of places and auditors in as before, and nobody of the operator before', async () => {
    expect((await tills[0]!.till.get<{ items: unknown[] }>('/redemption/redemptions?limit=100')).items.length).toBeGreaterThan(0);
    await expect(life.people.operator.at(origins).get('/identity/me')).rejects.toThrow(/sign_in_failed/);
  });

  it('redeems an old voucher by its printed code, and refuses the one that was spent before', async () => {
    const again = await tills[1]!.till.tryPost('/redemption/redemptions', { code: life.vouchers[0]!.code, serviceDate: today });
    expect(again).toMatchObject({ status: 409 });
    expect((await redeem(tills[1]!.till, life.vouchers[5]!, today)).amountCents).toBeGreaterThan(0);
  });

  it('pays what was claimed before and after, and not what was paid before', async () => {
    await closeStatements(people.operator, 1);
    await releaseHolds(people);
    await closeStatements(people.operator, 1);
    const run = await payPlaces(people, life.scheme, life.bank);
    expect(run.amountCents).toBeGreaterThan(first.amountCents);
    const { items } = await people.operator.get<{ items: { runId: string; amountCents: number }[] }>('/settlement/settlement-runs?limit=50');
    expect(items.map(({ amountCents }) => amountCents).sort((a, b) => a - b)).toEqual([first.amountCents, run.amountCents]);
  });

  it('signs with its own key a log that contains the one signed before', async () => {
    const after = await people.operator.post<Checkpoint>('/audit/checkpoints');
    expect(after.keyId).not.toBe(lastOld.keyId);
    expect(after.size).toBeGreaterThan(lastOld.size);
    const path = join(scratch, 'both-halves.ndjson');
    writeFileSync(path, await people.auditor.text('/audit/export'));
    const verdict = await verifyExport(path, { keyIds: [lastOld.keyId, after.keyId], kept: [lastOld, after] });
    expect([verdict.firstWrong, verdict.verified]).toEqual([null, true]);
    const proof = await people.auditor.get<object>(`/audit/consistency?from=${lastOld.size}&to=${after.size}`);
    expect(proof).toMatchObject({ fromRoot: lastOld.root, toRoot: after.root });
  });

  it('ends with every invariant held', async () => {
    await until('everything is taken', async () => {
      const { senders } = await people.auditor.get<{ senders: { missing: number }[] }>('/audit/completeness');
      return senders.every(({ missing }) => missing === 0);
    }, 30_000);
    expect(await cli(['inspect'], env)).toMatchObject({ code: 0, said: expect.stringContaining('all hold') });
  });
});
