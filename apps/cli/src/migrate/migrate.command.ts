// `mereau migrate`: roles, schemas and tables for this version, on a server of one's own. `npm start` does it by itself.
import { databaseClock } from '#libs/kernel';
import { checkServer, StartupFault } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { prepareDatabase } from '../start/prepare-database.js';

export async function migrateCommand(): Promise<number> {
  const program = readProgramSettings();
  if (!program.databaseUrl) throw new StartupFault('set DATABASE_URL to a role that may create roles and schemas');
  await checkServer(program.databaseUrl);
  const shared = { env: process.env, program, keyring: keyringFor([], program, process.env), clock: databaseClock, logs: createLogs(program, 'migrate') };
  await prepareDatabase(program.databaseUrl, rootDir(), shared, (line) => console.log(line));
  console.log('the database is at this version');
  return 0;
}
