// Work on the database of an installation whose services do not run: the embedded one is started for it and stopped after it.
import { resolve } from 'node:path';
import pg from 'pg';
import { databaseClock } from '#libs/kernel';
import { checkServer, SCHEMAS, StartupFault } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings, type SharedSettings } from '#libs/service';
import { refuseSeparateDatabases } from '../backup/backup.command.js';
import { rootDir } from '../root-dir.js';
import { runningDatabaseUrl, startEmbedded } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';

export type AtRest = Readonly<{ adminUrl: string; dataDir: string; shared: SharedSettings; client: pg.Client }>;

/** The tables are brought to this version first. Throws StartupFault. */
export async function atRest<T>(work: (installation: AtRest) => Promise<T>): Promise<T> {
  refuseSeparateDatabases(process.env);
  const root = rootDir();
  const given = readProgramSettings();
  const dataDir = resolve(root, given.dataDir);
  if (given.databaseUrl) {
    await checkServer(given.databaseUrl);
    return opened(given.databaseUrl, root, dataDir, work);
  }
  if (await runningDatabaseUrl(root, dataDir)) throw new StartupFault('the platform runs on this data folder: stop it first');
  const server = await startEmbedded(root, dataDir, (line) => console.log(line));
  try {
    return await opened(server.url, root, dataDir, work);
  } finally {
    await server.stop();
  }
}

async function opened<T>(adminUrl: string, root: string, dataDir: string, work: (installation: AtRest) => Promise<T>): Promise<T> {
  const program = { ...readProgramSettings(), dataDir, databaseUrl: adminUrl };
  const keyring = keyringFor(SCHEMAS, program, process.env);
  const shared = { env: process.env, program, keyring, clock: databaseClock, logs: createLogs(program, 'cession') };
  await prepareDatabase(adminUrl, root, shared, (line) => console.log(line));
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work({ adminUrl, dataDir, shared, client });
  } finally {
    await client.end();
  }
}
