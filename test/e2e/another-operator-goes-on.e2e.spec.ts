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
import { inspect } from '#libs/invariants';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { newSigningKey } from '../../libs/keys/src/signing-key.js';
import { readBooks, type Books } from '../../apps/cli/src/cession/books.js';
import { checkCession } from '../../apps/cli/src/cession/check-cession.js';
import { runningDatabaseUrl } from '../../apps/cli/src/start/embedded-database.js';
import { oneOrigin, Person, type Origins } from '../../apps/cli/src/world/api.js';
import { closeStatements, payPlaces, redeem, releaseHolds, type Run } from '../../apps/cli/src/world/money-out.js';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import type { SignedCheckpoint as Checkpoint } from '#libs/proofs';
import { verifyExport } from '../../apps/cli/src/verify/verify-export.js';
import { freePort, MAIN, openLayout, Processes, ready, type Running } from './layouts.js';

type Ended = Readonly<{ code: number; said: string }>;
type Environment = Readonly<Record<string, string>>;

const today = localDate(new Date().toISOString().slice(0, 10));
const scratch = mkdtempSync(join(os.tmpdir(), 'mereau-cession-'));
const folder = join(scratch, 'cession');
const [key, release] = [join(scratch, 'receiver.pem'), join(scratch, 'release.json')];

/** Of the receiver: nothing of the giver's is in it. */
const receiverKeys = {
  MEREAU_WRAPPING_KEY_ID: 'successor-1', MEREAU_WRAPPING_KEY: randomBytes(32).toString('base64'),
  MEREAU_SIGNING_KEY: newSigningKey(), MEREAU_CHECKPOINT_SIGNING_KEY: newSigningKey(),
};
const receiverEnv = (name: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '', ...receiverKeys, MEREAU_ENV: 'test', MEREAU_DATA: join(scratch, name), MEREAU_COOLING_OFF_HOURS: '0', LOG_LEVEL: 'warn',
});

const cli = (args: readonly string[], env: Environment): Promise<Ended> => new Promise((ended) => {
  execFile(process.execPath, [MAIN('cli'), ...args], { env }, (error, stdout, stderr) => {
    ended({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr });
  });
});
/** Shows what it said where it is not. */
const done = { code: 0, said: expect.any(String) };

async function booksAt(url: string): Promise<Books> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await readBooks(client);
  } finally {
    await client.end();
  }
}

async function startAt(stage: Processes, env: Environment): Promise<Origins> {
  const port = await freePort();
  stage.start([MAIN('cli'), 'start'], { ...env, PORT: String(port) });
  const origins = oneOrigin(`http://127.0.0.1:${port}`);
  await ready(origins.audit);
  return origins;
}

let running: Running;
let life: Opening;
let first: Run;
let lastOld: Checkpoint;
let ceded: Ended;
let books: Books;
const stage = new Processes();

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:cession`);
  life = await playScheme(running.setting, today, () => {});
  // One place is paid before, the other is left for who comes.
  for (const voucher of life.vouchers.slice(0, 2)) await redeem(life.places[0]!.till, voucher, today);
  await closeStatements(life.people.operator, 2);
  await releaseHolds(life.people);
  await closeStatements(life.people.operator, 2);
  first = await payPlaces(life.people, life.scheme, life.bank);
  for (const voucher of life.vouchers.slice(2, 4)) await redeem(life.places[1]!.till, voucher, today);
  lastOld = await life.people.operator.post<Checkpoint>('/audit/checkpoints');
  writeFileSync(key, loadKeyring({ env: receiverKeys, dataDirectory: '/nonexistent' }).receivingKey().pem);
  // What is on its way when it stops goes on elsewhere.
  await redeem(life.places[1]!.till, life.vouchers[4]!, today);
  await running.stop();
  ceded = await cli(['cede', folder, '--to', key], running.env);
  books = await booksAt(running.database.adminUrl);
}, 600_000);
afterAll(async () => {
  await stage.stop();
  await running?.close();
  rmSync(scratch, { recursive: true, force: true });
}, 60_000);

describe('an installation that goes to another operator', () => {
  it('is ceded with everything signed, and its keys nowhere in clear', () => {
    expect(ceded).toEqual(done);
    expect(ceded.said).toContain(`signed by ${lastOld.keyId}`);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = ['cession.json', 'cession.sig', 'log.ndjson', 'books.json', 'owed.json', 'owed.csv', 'owed.pdf', 'manifest.json'];
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    const secrets = [PUBLISHED_KEYS.MEREAU_WRAPPING_KEY, PUBLISHED_KEYS.MEREAU_SIGNING_KEY, PUBLISHED_KEYS.MEREAU_CHECKPOINT_SIGNING_KEY];
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
  });

  it('lists what is owed to whom, to the cent of its books', () => {
    type Owed = { totalCents: string; lines: { to: string; kind: string; cents: string }[] };
    const owed = JSON.parse(readFileSync(join(folder, 'owed.json'), 'utf8')) as Owed;
    const kinds = [
      'outstanding', 'accrued', 'held', 'payable', 'transit', 'prefund', 'unmatched', 'bank_unknown', 'expired', 'refund_due', 'commons',
    ];
    const debts = (kind: string) =>
      books.balances.filter(({ account }) => account.split(':')[0] === kind).reduce((sum, { cents }) => sum - BigInt(cents), 0n);
    const said = (kind: string) => owed.lines.filter((line) => line.kind === kind).reduce((sum, { cents }) => sum + BigInt(cents), 0n);
    expect(kinds.map((kind) => [kind, said(kind)])).toEqual(kinds.map((kind) => [kind, debts(kind)]));
    expect(BigInt(owed.totalCents)).toBe(kinds.reduce((sum, kind) => sum + debts(kind), 0n));
    expect(said('outstanding')).toBeGreaterThan(0n);
    expect(readFileSync(join(folder, 'owed.csv'), 'utf8').split('\r\n')).toHaveLength(owed.lines.length + 2);
  });

  it('shows what it has and takes nothing from then on', async () => {
    const origins = await startAt(stage, running.env);
    const [till, operator] = [life.places[0]!.till.at(origins), life.people.operator.at(origins)];
    const gone = { status: 410, body: { code: 'installation_ceded' } };
    expect(await till.tryPost('/redemption/redemptions', { code: life.vouchers[5]!.code, serviceDate: today })).toMatchObject(gone);
    expect(await operator.tryPost('/redemption/period-closings', {})).toMatchObject(gone);
    expect(await operator.tryPost('/settlement/statement-closings', {})).toMatchObject(gone);
    expect((await till.get<{ items: unknown[] }>('/redemption/redemptions?limit=100')).items.length).toBeGreaterThan(0);
    await stage.stop();
    expect(await booksAt(running.database.adminUrl)).toEqual(books);
  });
});

describe('a cession', () => {
  const altered = (name: string, alter: (copy: string) => void): string => {
    const copy = join(scratch, name);
    cpSync(folder, copy, { recursive: true });
    alter(copy);
    return copy;
  };
  const replaced = (path: string, from: RegExp, to: string): void => writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

  it.each<[string, (copy: string) => void, RegExp]>([
    ['nothing changed', () => undefined, /^right$/],
    ['another total owed', (copy) => replaced(join(copy, 'cession.json'), /"totalOwedCents": "(\d)/, '"totalOwedCents": "9$1'), /is not what the key/],
    ['a changed table', (copy) => appendFileSync(join(copy, 'tables', 'redemption.voucher.copy.gz'), 'x'), /redemption.voucher.copy.gz of the backup is not/],
    ['a changed list of what is owed', (copy) => appendFileSync(join(copy, 'owed.csv'), 'x'), /owed.csv of the backup is not what was written/],
    ['a manifest of its own making', (copy) => appendFileSync(join(copy, 'manifest.json'), ' '), /manifest.json of the backup is not what was written/],
    ['no signature', (copy) => rmSync(join(copy, 'cession.sig')), /it is no cession, or one that did not end/],
  ])('with %s is told apart', async (what, alter, verdict) => {
    const said = await checkCession(altered(what, alter), lastOld.keyId, process.cwd()).then(() => 'right', (error: Error) => error.message);
    expect(said).toMatch(verdict);
  });

  it('is believed of nobody but the key that was named', async () => {
    await expect(checkCession(folder, 'somebody', process.cwd())).rejects.toThrow(`by the key ${lastOld.keyId}, and you believe somebody`);
  });
});

describe('the operator that takes over', () => {
  const env = receiverEnv('successor');
  const second = new Processes();
  const passwords = { operator: 'a password of the new operator', approver: 'a password of the new approver' };
  const takeOver = (...more: string[]): Promise<Ended> => cli(['take-over', folder, '--from', lastOld.keyId, ...more], env);
  let looked: Ended;
  let taken: Ended;
  let url: string;
  let before: Books;
  let origins: Origins;
  let people: Opening['people'];
  let tills: Opening['places'];

  beforeAll(async () => {
    looked = await takeOver();
    const wasEmpty = !existsSync(env['MEREAU_DATA']!);
    expect(wasEmpty).toBe(true);
    expect(await cli(['release-cession', release], running.env)).toEqual(done);
    taken = await takeOver('--release', release);
    expect(taken).toEqual(done);
    origins = await startAt(second, env);
    // Beside the running platform, as the owner of the machine does it.
    url = (await runningDatabaseUrl(process.cwd(), env['MEREAU_DATA']!))!;
    before = await booksAt(url);
    for (const role of ['operator', 'approver'] as const) {
      const given = { ...env, DATABASE_URL: url, MEREAU_FIRST_PASSWORD: passwords[role] };
      await second.run([MAIN('cli'), `first-${role}`, `${role}@successor.example`, `The new ${role}`], given);
    }
    const person = (role: 'operator' | 'approver') =>
      new Person({ email: `${role}@successor.example`, password: passwords[role] }, { origins, nextKey: running.plot.nextKey });
    const [operator, approver] = [person('operator'), person('approver')];
    people = { operator, approver, checker: operator, auditor: life.people.auditor.at(origins) };
    tills = life.places.map((place) => ({ ...place, till: place.till.at(origins) }));
  }, 600_000);
  afterAll(async () => { await second.stop(); }, 60_000);

  it('may look before it asks for the release, and has then every balance and statement as it was', () => {
    expect(looked).toMatchObject({ code: 0, said: expect.stringContaining('nothing was imported: ask the giver for the release') });
    expect(taken.said).toContain('every invariant holds');
    expect(before).toEqual(books);
    expect(before.statements.length).toBeGreaterThan(0);
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

  it('pays what was claimed before and after, and not again what was paid before', async () => {
    await closeStatements(people.operator, 6);
    await releaseHolds(people);
    await closeStatements(people.operator, 6);
    const run = await payPlaces(people, life.scheme, life.bank);
    expect(run.amountCents).toBeGreaterThan(first.amountCents);
    expect((await booksAt(url)).statements).toEqual(expect.arrayContaining([...books.statements]));
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
    }, 60_000);
    expect((await inspect(url)).broken).toEqual([]);
  });
});
