// The empty installation that everything of another one is put into: a data folder, and the database in it or the one given.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { inspect } from '#libs/invariants';
import { databaseClock } from '#libs/kernel';
import { checkServer, INSPECTOR_ROLE, SCHEMAS, StartupFault, urlAs } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings, rolePasswords } from '#libs/service';
import { shown } from '../inspect/inspect.command.js';
import { rootDir } from '../root-dir.js';
import { startEmbedded } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';
import { refuseSeparateDatabases } from './backup.command.js';
import { refuseUsed } from './restore-backup.js';

export type Target = Readonly<{ root: string; dataDir: string; databaseUrl: string | undefined }>;

export function targetHere(): Target {
  refuseSeparateDatabases(process.env);
  const root = rootDir();
  const program = readProgramSettings();
  return { root, dataDir: resolve(root, program.dataDir), databaseUrl: program.databaseUrl };
}

/** `but`: files of the data folder that may be there already. Throws StartupFault. */
export async function refuseUsedTarget({ dataDir, databaseUrl }: Target, but: readonly string[] = []): Promise<void> {
  if (databaseUrl) {
    await checkServer(databaseUrl);
    await refuseUsed(databaseUrl);
  }
  if (existsSync(dataDir) && readdirSync(dataDir).some((name) => !but.includes(name))) {
    throw new StartupFault(`${dataDir} is not empty: set MEREAU_DATA to a new folder`);
  }
}

/** Files first: the keys may be among them. Then the tables of this version, and `fill`. What fails leaves the place as it was. */
export async function fillTarget(
  target: Target, but: readonly string[], fill: (adminUrl: string) => Promise<number>, putFiles: () => Promise<void>,
): Promise<number> {
  const { root, dataDir, databaseUrl } = target;
  try {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await putFiles();
    if (databaseUrl) return await filled(databaseUrl, target, fill);
    const server = await startEmbedded(root, dataDir, (line) => console.log(line));
    try {
      return await filled(server.url, target, fill);
    } finally {
      await server.stop();
    }
  } catch (error) {
    // It was empty: half of an installation would only look like a whole one.
    const written = readdirSync(dataDir).filter((name) => !but.includes(name));
    for (const name of written) rmSync(join(dataDir, name), { recursive: true, force: true });
    throw error;
  }
}

async function filled(adminUrl: string, { root, dataDir }: Target, fill: (adminUrl: string) => Promise<number>): Promise<number> {
  const program = { ...readProgramSettings(), dataDir };
  const keyring = keyringFor(SCHEMAS, program, process.env);
  const shared = { env: process.env, program, keyring, clock: databaseClock, logs: createLogs(program, 'restore') };
  try {
    await prepareDatabase(adminUrl, root, shared, (line) => console.log(line));
    return await fill(adminUrl);
  } catch (error) {
    await emptied(adminUrl);
    throw error;
  }
}

/** It was empty, as `refuseUsedTarget` saw: the tables that were just made would make it look used. */
async function emptied(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`drop schema if exists ${SCHEMAS.join(', ')} cascade`);
    await client.query('drop table if exists public.migration');
  } finally {
    await client.end();
  }
}

/** Asks every invariant and says what it found. True when all hold. */
export async function inspected(adminUrl: string, { dataDir }: Target): Promise<boolean> {
  const keyring = keyringFor(SCHEMAS, { ...readProgramSettings(), dataDir }, process.env);
  const found = await inspect(urlAs(adminUrl, INSPECTOR_ROLE, rolePasswords(keyring)(INSPECTOR_ROLE)));
  console.log(shown(found));
  return found.broken.length === 0;
}
