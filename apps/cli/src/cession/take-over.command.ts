// `mereau take-over FOLDER --from KEY_ID [--release FILE]`: another operator's installation into an empty one with keys of its own.
// Without a release it checks and imports nothing. Exit 0 when it is checked, or there; 1 when something is wrong, 2 on wrong words.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { z } from 'zod';
import { inspectOn } from '#libs/invariants';
import { KeyFault, RECEIVED_KEYS_FILE } from '#libs/keys';
import { SCHEMAS, StartupFault } from '#libs/persistence';
import { keyringFor, readProgramSettings } from '#libs/service';
import { fillTarget, refuseUsedTarget, targetHere, type Target } from '../backup/empty-target.js';
import { loadTables } from '../backup/restore-backup.js';
import { putBack } from '../backup/stored-bytes.js';
import { differenceOf, readBooks } from './books.js';
import { noteTakenOver } from './cession-steps.js';
import { checkCession, type Checked } from './check-cession.js';

const USAGE = 'usage: mereau take-over FOLDER --from KEY_ID [--release FILE]   (into an empty MEREAU_DATA folder, and an empty DATABASE_URL if one is set)';
/** Made before, where keys do not come from the environment: the receiving key came out of it. */
const OWN_KEYS = 'keys.json';
const releaseFile = z.strictObject({ receiver: z.string(), release: z.base64() });

export async function takeOverCommand(args: readonly string[]): Promise<number> {
  const wanted = wantedOf(args);
  if (!wanted) {
    console.error(USAGE);
    return 2;
  }
  const folder = resolve(wanted.folder);
  const target = targetHere();
  const checked = await checkCession(folder, wanted.from, target.root);
  const { cession, manifest, books } = checked;
  const keyring = keyringFor(SCHEMAS, { ...readProgramSettings(), dataDir: target.dataDir }, process.env);
  if (cession.receiver !== keyring.receivingKey().keyId) {
    throw new StartupFault(`the cession is for the key ${cession.receiver}, and this installation has ${keyring.receivingKey().keyId}`);
  }
  console.log(`${cession.files.length} files and ${manifest.tables.length} tables are what ${cession.giver.keyId} signed on ${cession.at}`);
  console.log(`${cession.checkpoint.size} events, ${books.balances.length} balances, ${books.statements.length} statements; owed in all: ${cession.totalOwedCents} cents`);
  if (!wanted.release) {
    console.log('nothing was imported: ask the giver for the release');
    return 0;
  }
  const received = receivedIn(wanted.release, checked, (sealed, release) => keyring.receive(sealed, release));
  await refuseUsedTarget(target, [OWN_KEYS]);
  const putThem = () => putFiles(folder, checked, target, received);
  return fillTarget(target, [OWN_KEYS], (adminUrl) => importTables(adminUrl, folder, checked), putThem);
}

function wantedOf(args: readonly string[]): { folder: string; from: string; release: string | undefined } | undefined {
  try {
    const options = { from: { type: 'string' }, release: { type: 'string' } } as const;
    const { values: { from, release }, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return positionals.length === 1 && from ? { folder: positionals[0]!, from, release } : undefined;
  } catch {
    return undefined;
  }
}

type Open = (sealed: Checked['cession']['keys'], release: Buffer) => string;

function receivedIn(path: string, { cession }: Checked, open: Open): string {
  try {
    const { release } = releaseFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    return open(cession.keys, Buffer.from(release, 'base64'));
  } catch (error) {
    if (error instanceof KeyFault) throw new StartupFault(error.message, { cause: error });
    // The library's own message may quote the secret.
    throw new StartupFault(`${path} is no release`);
  }
}

async function putFiles(folder: string, { manifest }: Checked, { dataDir }: Target, received: string): Promise<void> {
  for (const file of manifest.files) await putBack(join(folder, 'files'), file, dataDir);
  writeFileSync(join(dataDir, RECEIVED_KEYS_FILE), received, { mode: 0o600, flag: 'wx' });
}

async function importTables(adminUrl: string, folder: string, checked: Checked): Promise<number> {
  const rows = await loadTables(adminUrl, folder, checked.manifest, async (client) => judge(client, checked));
  console.log([
    `${rows} rows are here, the books are those that were signed, and every invariant holds`,
    'new checkpoints go on after the last one of before. Make your own people: mereau first-operator, mereau first-approver',
  ].join('\n'));
  return 0;
}

/** The signature says who speaks, not that it is true: books, log and invariants are asked of the tables. Throws StartupFault. */
async function judge(client: pg.Client, { cession, books }: Checked): Promise<void> {
  await client.query('analyze');
  const difference = differenceOf(books, await readBooks(client));
  if (difference) throw new StartupFault(`${difference}: nothing was imported`);
  const { size, root } = cession.checkpoint;
  const { rows: [log] } = await client.query<{ root: string }>(`select encode(audit.root_at($1::bigint), 'hex') as root`, [size]);
  if (log!.root !== root) throw new StartupFault(`the tables of the log have the root ${log!.root} at ${size} events, and not ${root}: nothing was imported`);
  // Whoever worked for the operator before has no say here, though the giver's software had left its people in.
  const { rows: [left] } = await client.query<{ people: number }>(`
    select (select count(*) from identity.membership where kind = 'operator')::int + (select count(*) from identity.membership_confirmation)::int
      + (select count(*) from identity.session)::int + (select count(*) from identity.verification)::int as people`);
  if (left!.people > 0) throw new StartupFault('people of the operator before, or somebody who is signed in, are in the tables: nothing was imported');
  const [broken] = await inspectOn(client);
  if (broken) throw new StartupFault(`${broken.rowNamed}: ${broken.detail} (${broken.invariant} should hold: ${broken.holds}): nothing was imported`);
  await noteTakenOver(client, cession.receiver);
}
