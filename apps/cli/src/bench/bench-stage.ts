// Where a bench runs: a private server with fsync on, in the project's own folder (a temporary folder may be memory),
// and thrown away after.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseClock } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS, type Keyring } from '#libs/keys';
import { roleOf, urlAs } from '#libs/persistence';
import { createLogs, readProgramSettings, rolePasswords } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { startEmbedded } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';

export type BenchStage = Readonly<{
  adminUrl: string; redemptionUrl: string; keyring: Keyring; dataDir: string;
  /** Settings of a platform on this stage. */
  env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}>;

export async function openBenchStage(): Promise<BenchStage> {
  const root = rootDir();
  const dataDir = mkdtempSync(join(root, '.mereau-bench-'));
  const removed = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const server = await startEmbedded(root, dataDir, () => {});
    const close = () => server.stop().finally(removed);
    const env = { ...PUBLISHED_KEYS, DATABASE_URL: server.url, MEREAU_DATA: dataDir, MEREAU_ENV: 'test', LOG_LEVEL: 'error' };
    const program = readProgramSettings(env);
    const keyring = loadKeyring({ env, dataDirectory: dataDir, signs: ['identity-token'] });
    await prepareDatabase(server.url, root, { env, program, keyring, clock: databaseClock, logs: createLogs(program, 'bench') }, () => {});
    const role = roleOf('redemption');
    return { adminUrl: server.url, redemptionUrl: urlAs(server.url, role, rolePasswords(keyring)(role)), keyring, dataDir, env, close };
  } catch (error) {
    removed();
    throw error;
  }
}
