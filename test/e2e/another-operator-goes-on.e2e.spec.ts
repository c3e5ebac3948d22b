// The operator gives up in the middle of a year. Goal: another one, with other keys, other people and another database, goes on where
// it was: the same cents are owed to the same bodies, each statement is the same to its last byte, vouchers in people's hands are
// redeemed by their old codes, the places that wait are paid, the year adds up to its end and the signed log still fits. And never do
// both go on.
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { isIncluded, type Inclusion, type SignedCheckpoint as Checkpoint } from '#libs/proofs';
import { FakeStripe } from '#libs/stripe';
import { seedOfRun } from '#libs/testing';
import { newSigningKey } from '../../libs/keys/src/signing-key.js';
import { readBooks, type Books } from '../../apps/cli/src/cession/books.js';
import { checkCession } from '../../apps/cli/src/cession/check-cession.js';
import { TurnableClock } from '../../apps/cli/src/demo/sabotage.js';
import { stageIn, type Stage } from '../../apps/cli/src/demo/stage.js';
import { verifyExport } from '../../apps/cli/src/verify/verify-export.js';
import type { Person } from '../../apps/cli/src/world/api.js';
import { Plot } from '../../apps/cli/src/world/plot.js';
import { cardSettings } from '../../apps/cli/src/year/acts/pay-by-card.js';
import { importStatements } from '../../apps/cli/src/year/acts/import-statements.js';
import { liveThrough, payWhatCameBack, workAndClose, type Desk } from '../../apps/cli/src/year/acts/live-through-months.js';
import type { Sealed } from '../../apps/cli/src/year/acts/seal-audit.js';
import { openYear, operatorOn, turnToFirstDay } from '../../apps/cli/src/year/open-year.js';
import { OutFolder } from '../../apps/cli/src/year/out-folder.js';
import { beginStory, deskOf, endStory, type Act, type Begun } from '../../apps/cli/src/year/story.js';
import { reportOn, type YearReport } from '../../apps/cli/src/year/year-report.js';
import { settled, type Year } from '../../apps/cli/src/year/year.js';
import { YearTime } from '../../apps/cli/src/year/year-time.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { placesFile } from '../builders/places-file.js';
import { freePort, MAIN } from './layouts.js';

type Ended = Readonly<{ code: number; said: string }>;
type Environment = Readonly<Record<string, string>>;
type Proof = Omit<Inclusion, 'leaf'> & Readonly<{ leaf: string }>;
type Statement = Readonly<{ statementId: string; sha256: string; content: string; proof: Proof | null }>;

const VOUCHERS = 60;
/** Somebody has lost a part of a booklet by then, and places have been paid several times. */
const MONTHS_BEFORE = 5;
/** Of accounts that the second operator is told of. */
const IBANS_FROM = 150_000;
const SEED = `${seedOfRun()}:cession`;
const OTHERS = {
  operator: 'claire.vidal', checker: 'tom.fabre', approver: 'rosa.leroy', deputy: 'jean.marchal', auditor: 'alice.weber',
} as const;
const NAMES = Object.fromEntries(Object.entries(OTHERS).map(([role, mailbox]) =>
  [role, { name: mailbox.replace('.', ' '), email: `${mailbox}@successor.example` }])) as Record<keyof typeof OTHERS, { name: string; email: string }>;

const scratch = mkdtempSync(join(os.tmpdir(), 'mereau-cession-'));
const [giver, taker, folder] = ['giver', 'taker', 'cession'].map((name) => join(scratch, name)) as [string, string, string];
const [key, release] = [join(scratch, 'receiver.pem'), join(scratch, 'release.json')];
/** Of the receiver: nothing of the giver's is in it. */
const receiverKeys = {
  MEREAU_WRAPPING_KEY_ID: 'successor-1', MEREAU_WRAPPING_KEY: randomBytes(32).toString('base64'),
  MEREAU_SIGNING_KEY: newSigningKey(), MEREAU_CHECKPOINT_SIGNING_KEY: newSigningKey(),
};
const envOf = (dataDir: string, keys: Environment): Environment =>
  ({ PATH: process.env['PATH'] ?? '', ...keys, MEREAU_ENV: 'test', MEREAU_DATA: dataDir, LOG_LEVEL: 'warn' });

const cli = (args: readonly string[], env: Environment): Promise<Ended> => new Promise((ended) => {
  execFile(process.execPath, [MAIN('cli'), ...args], { env }, (error, stdout, stderr) => {
    ended({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr });
  });
});
/** Throws with what it said where it failed. */
async function done(args: readonly string[], env: Environment): Promise<string> {
  const { code, said } = await cli(args, env);
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${said}`);
  return said;
}

async function asked<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}
const booksAt = (url: string): Promise<Books> => asked(url, readBooks);
/** Statements that no payment has paid, or is to pay. */
const UNPAID = `select s.id::text from settlement.statement s where not exists (
  select 1 from settlement.payment_statement p join settlement.payment y on y.id = p.payment_id where p.statement_id = s.id and y.state = 'booked') order by 1`;
const unpaidAt = (url: string): Promise<string[]> =>
  asked(url, async (client) => (await client.query<{ id: string }>(UNPAID)).rows.map(({ id }) => id));
const owedIn = ({ balances }: Books, kind: string): bigint =>
  balances.filter(({ account }) => account.split(':')[0] === kind).reduce((sum, { cents }) => sum - BigInt(cents), 0n);

async function statementsOf(operator: Person): Promise<Statement[]> {
  const listed = await operator.list<{ statementId: string }>('/settlement/statements?');
  return Promise.all(listed.map(({ statementId }) => operator.get<Statement>(`/settlement/statements/${statementId}`)));
}

/** One that the plan of the year leaves alone, by its printed code; a booklet of them may have been lost and stopped. */
async function redeemUnused(): Promise<string> {
  for (const index of begun.plan.unused.slice(1)) {
    const code = begun.minted.main.codes[index]!;
    const { status } = await begun.part.tills[0]!.person.tryPost('/redemption/redemptions', { code, serviceDate: year.time.dayAfter(0) });
    if (status === 201) return code;
  }
  throw new Error('every voucher that nobody planned to use is stopped');
}

/** Statements that places see, each its own. */
async function shownToPlaces(): Promise<number> {
  const seen = await Promise.all(begun.part.tills.map(({ person }) => person.list<{ statementId: string }>('/settlement/statements?')));
  return new Set(seen.flat().map(({ statementId }) => statementId)).size;
}

const clock = new TurnableClock();
const act: Act = (_name, play) => play();
let stripe: FakeStripe;
let port: string;
let stage: Stage;
let year: Year;
let begun: Begun;
let desk: Desk;
/** Of the giver, on its last day. */
let statements: Statement[];
let checkpoints: Checkpoint[];
let spent: string;
let unpaid: string[];
let books: Books;
let ceded: string;

const on = (dataDir: string, keys: Environment): Promise<Stage> =>
  stageIn(dataDir, { clock, env: { ...keys, ...cardSettings(stripe), PORT: port } });
/** Everybody outside the operator: they stay, and sign in anew. */
const outside = (): Person[] =>
  [
    ...begun.part.tills.map(({ person }) => person), begun.stray.person, ...begun.scheme.payers.map(({ person }) => person),
    ...begun.stock.handOvers.map(({ by }) => by),
  ];

beforeAll(async () => {
  const places = join(scratch, 'places.csv');
  writeFileSync(places, placesFile(40));
  turnToFirstDay(clock);
  stripe = await FakeStripe.start({ now: () => clock.override()! });
  port = String(await freePort());
  stage = await on(giver, PUBLISHED_KEYS);
  const wish = { vouchers: VOUCHERS, placesFile: places, payersFile: undefined, seed: SEED };
  const opened = await openYear(stage, { wish, stripe, clock, folder: new OutFolder(join(scratch, 'first')), tell: () => {} });
  // Whoever runs the platform: time waits for the messages of the one that there is.
  year = { ...opened, time: new YearTime(clock, opened.bank, () => settled(stage)) };
  begun = await beginStory(year, act);
  desk = deskOf(year, begun, {});
  await liveUntilItStops();
  const { auditor, operator } = year.people;
  await auditor.post('/audit/checkpoints');
  statements = await waitFor('settlement has the proof of each statement', async () => {
    const all = await statementsOf(operator);
    return all.every(({ proof }) => proof !== null) && all;
  });
  checkpoints = await auditor.list<Checkpoint>('/audit/checkpoints?');
  await settled(stage);
  await stage.platform.close();
  [books, unpaid] = [await booksAt(stage.adminUrl), await unpaidAt(stage.adminUrl)];
  await stage.close();
  writeFileSync(key, loadKeyring({ env: receiverKeys, dataDirectory: '/nonexistent' }).receivingKey().pem);
  ceded = await done(['cede', folder, '--to', key], envOf(giver, PUBLISHED_KEYS));
}, 600_000);
afterAll(async () => {
  await stage?.close();
  await stripe?.stop();
  rmSync(scratch, { recursive: true, force: true });
}, 60_000);

/** Places have been paid, then a month is closed and nobody is paid for it, and then vouchers are used that no statement has. */
async function liveUntilItStops(): Promise<void> {
  const { months } = year.calendar;
  for (const month of months.slice(0, MONTHS_BEFORE)) await liveThrough(year, month, desk);
  await workAndClose(year, months[MONTHS_BEFORE]!, desk);
  await importStatements(year);
  spent = await redeemUnused();
  await year.time.settled();
}

describe(`an installation that goes to another operator in the middle of a year (seed ${SEED})`, () => {
  it('has claims of every kind that nobody has paid', () => {
    expect(unpaid.length).toBeGreaterThan(0);
    for (const kind of ['outstanding', 'accrued', 'payable', 'prefund', 'commons']) expect([kind, owedIn(books, kind) >= 0n]).toEqual([kind, true]);
    for (const kind of ['outstanding', 'accrued', 'payable']) expect([kind, owedIn(books, kind) > 0n]).toEqual([kind, true]);
  });

  it('is ceded with everything signed, and its keys nowhere in clear', () => {
    expect(ceded).toContain(`signed by ${checkpoints[0]!.keyId}`);
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
    const said = (kind: string) => owed.lines.filter((line) => line.kind === kind).reduce((sum, { cents }) => sum + BigInt(cents), 0n);
    expect(kinds.map((kind) => [kind, said(kind)])).toEqual(kinds.map((kind) => [kind, owedIn(books, kind)]));
    expect(BigInt(owed.totalCents)).toBe(kinds.reduce((sum, kind) => sum + owedIn(books, kind), 0n));
    expect(readFileSync(join(folder, 'owed.csv'), 'utf8').split('\r\n')).toHaveLength(owed.lines.length + 2);
  });

  it('shows what it has and takes nothing from then on', async () => {
    const old = await on(giver, PUBLISHED_KEYS);
    try {
      const [till, { operator }] = [begun.part.tills[0]!.person, year.people];
      const gone = { status: 410, body: { code: 'installation_ceded' } };
      expect(await till.tryPost('/redemption/redemptions', { code: begun.minted.main.codes[begun.plan.unused[0]!]!, serviceDate: year.time.dayAfter(0) })).toMatchObject(gone);
      expect(await operator.tryPost('/redemption/period-closings', {})).toMatchObject(gone);
      expect(await operator.tryPost('/settlement/statement-closings', {})).toMatchObject(gone);
      expect(await shownToPlaces()).toBe(statements.length);
      expect(await booksAt(old.adminUrl)).toEqual(books);
    } finally {
      await old.close();
    }
  }, 60_000);
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
    const said = await checkCession(altered(what, alter), checkpoints[0]!.keyId, process.cwd()).then(() => 'right', (error: Error) => error.message);
    expect(said).toMatch(verdict);
  });

  it('is believed of nobody but the key that was named', async () => {
    await expect(checkCession(folder, 'somebody', process.cwd())).rejects.toThrow(`by the key ${checkpoints[0]!.keyId}, and you believe somebody`);
  });
});

describe('the operator that takes over', () => {
  const takeOver = (...more: string[]): Promise<string> => done(['take-over', folder, '--from', checkpoints[0]!.keyId, ...more], envOf(taker, receiverKeys));
  let looked: string;
  let taken: string;
  let next: Year;
  let rest: Desk;
  let before: Books;
  let report: YearReport;
  let sealed: Sealed;

  beforeAll(async () => {
    looked = await takeOver();
    expect(existsSync(taker)).toBe(false);
    await done(['release-cession', release], envOf(giver, PUBLISHED_KEYS));
    taken = await takeOver('--release', release);
    stage = await on(taker, receiverKeys);
    before = await booksAt(stage.adminUrl);
    for (const person of outside()) person.forgetSession();
    const folderOfRest = new OutFolder(join(scratch, 'second'));
    // What the bank was told before is of the same year.
    folderOfRest.files.pain001Places.push(...year.folder.files.pain001Places);
    const plot = new Plot(`${SEED}:successor`, year.time.now.getTime());
    next = { ...year, stage, folder: folderOfRest, ...await operatorOn(stage, plot, NAMES) };
    // The same tills, with vouchers that are half used; behind the desk sit others.
    const { reviews, pay } = deskOf(next, begun, {}, IBANS_FROM);
    rest = { ...desk, reviews, pay };
  }, 600_000);

  it('may look before it asks for the release, and has then every balance as it was', () => {
    expect(looked).toContain('nothing was imported: ask the giver for the release');
    expect(taken).toContain('every invariant holds');
    expect(before.balances).toEqual(books.balances);
  });

  it('shows each statement of before with the bytes, the hash and the proof that it had', async () => {
    const here = new Map((await statementsOf(next.people.operator)).map((statement) => [statement.statementId, statement]));
    expect(here.size).toBe(statements.length);
    expect(statements.length).toBeGreaterThan(1);
    const signed = new Map(checkpoints.map(({ size, root }) => [size, root]));
    for (const { statementId, sha256, content, proof } of statements) {
      const { sha256: same, content: bytes, proof: kept } = here.get(statementId)!;
      expect([statementId, same, bytes, kept]).toEqual([statementId, sha256, content, proof]);
      expect(isIncluded({ ...proof!, leaf: Buffer.from(proof!.leaf) })).toBe(true);
      expect([signed.get(proof!.size), proof!.leaf]).toEqual([proof!.root, expect.stringContaining(sha256)]);
      expect([statementId, createHash('sha256').update(bytes).digest('hex')]).toEqual([statementId, sha256]);
    }
  });

  it('lets the people of places and auditors in as before, and nobody of the operator before', async () => {
    expect(await shownToPlaces()).toBe(statements.length);
    year.people.auditor.forgetSession();
    expect(await year.people.auditor.get<object>('/audit/checkpoints/latest')).toMatchObject({ size: checkpoints[0]!.size });
    year.people.operator.forgetSession();
    await expect(year.people.operator.get('/identity/me')).rejects.toThrow(/sign_in_failed/);
  });

  it('refuses the voucher that was spent before, and takes the others by their printed codes', async () => {
    const [{ person }] = begun.part.tills as [Begun['part']['tills'][number]];
    expect(await person.tryPost('/redemption/redemptions', { code: spent, serviceDate: next.time.dayAfter(0) })).toMatchObject({ status: 409, body: { code: 'voucher_used' } });
    expect(await redeemUnused()).not.toBe(spent);
  }, 60_000);

  it('pays the places that waited, by a run of its own that the bank answers, and lives the year to its end', async () => {
    for (const month of next.calendar.months.slice(MONTHS_BEFORE + 1)) await liveThrough(next, month, rest);
    await payWhatCameBack(next, rest);
    expect(next.folder.files.bankReports.length).toBeGreaterThan(0);
    expect(next.folder.files.pain001Places.length).toBeGreaterThan(year.folder.files.pain001Places.length);
    const left = new Set(await unpaidAt(stage.adminUrl));
    expect(unpaid.filter((id) => left.has(id))).toEqual([]);
    sealed = await endStory(next, act, begun);
    report = await reportOn(stage.inspectorUrl, { seed: SEED, sealed, files: next.folder.files, seconds: {} });
    expect(report.invariants).toMatchObject({ broken: 0, rows: [] });
    expect(report.cents).toMatchObject({ funded: VOUCHERS * 1_000, outstanding: 0, accrued: 0, payable: 0, inTransit: 0, held: 0 });
    expect(report.cents.refunded).toBe(VOUCHERS * 1_000 - report.cents.redeemed);
  }, 300_000);

  it('signs with its own key a log that contains every checkpoint of before', async () => {
    const all = await next.people.auditor.list<Checkpoint>('/audit/checkpoints?');
    const after = all.find(({ size }) => size === sealed.events)!;
    expect(after.keyId).not.toBe(checkpoints[0]!.keyId);
    const kept = [...checkpoints, after];
    const verdict = await verifyExport(next.folder.files.auditExport!, { keyIds: [checkpoints[0]!.keyId, after.keyId], kept });
    expect([verdict.firstWrong, verdict.verified, verdict.events]).toEqual([null, true, sealed.events]);
    for (const { size, root } of checkpoints) {
      const proof = await next.people.auditor.get<object>(`/audit/consistency?from=${size}&to=${after.size}`);
      expect(proof).toMatchObject({ fromRoot: root, toRoot: after.root });
    }
  });
});
