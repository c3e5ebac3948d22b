// `mereau backup FOLDER`: everything that another machine needs to go on, from the platform that runs now.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { SCHEMAS, StartupFault } from '#libs/persistence';
import { keyringFor, readProgramSettings } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { runningDatabaseUrl } from '../start/embedded-database.js';
import { writeBackup } from './write-backup.js';

/** Exit 0 when the backup is whole, 2 on wrong words. Throws StartupFault. */
export async function backupCommand(args: readonly string[]): Promise<number> {
  if (args.length !== 1 || args[0]!.startsWith('-')) {
    console.error('usage: mereau backup FOLDER   (a new folder; it will hold keys: keep it as you keep them)');
    return 2;
  }
  refuseSeparateDatabases(process.env);
  const root = rootDir();
  const program = readProgramSettings();
  const dataDir = resolve(root, program.dataDir);
  const adminUrl = program.databaseUrl ?? (await runningDatabaseUrl(root, dataDir));
  if (!adminUrl) throw new StartupFault('no platform runs on this data folder: run npm start, or set DATABASE_URL');
  const keyCheck = keyringFor([], { ...program, dataDir }, process.env).checkValue();
  const folder = newFolder(resolve(args[0]!), dataDir);
  const { tables, files, checkpoint } = await writeBackup(
    { adminUrl, dataDir, keyCheck, at: new Date() }, folder, (line) => console.log(line));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${tables.length} tables with ${rows} rows and ${files.length} files are in ${folder}`);
  console.log(checkpoint ? `the audit log is signed up to ${checkpoint.size} events there` : 'the audit log was not signed yet');
  if (!files.some(({ path }) => path === 'keys.json')) console.log('the keys come from the environment: they are not in it');
  return 0;
}

/** Two databases have no common snapshot: one would know of messages that the other has not sent. */
export function refuseSeparateDatabases(env: Readonly<Record<string, string | undefined>>): void {
  const apart = SCHEMAS.filter((schema) => env[`${schema.toUpperCase()}_DATABASE_URL`]);
  if (apart.length > 0) {
    throw new StartupFault(`${apart.join(', ')} has a database of its own: back such databases up with PostgreSQL's tools, to one point in time`);
  }
}

function newFolder(folder: string, dataDir: string): string {
  if (`${folder}/`.startsWith(`${dataDir}/`)) throw new StartupFault(`${folder} is in the data folder: a disk that is lost would take both`);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new StartupFault(`${folder} is not empty: give a new folder`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
