// Where a simulation plays: an empty database of its own, on a private server that is thrown away after.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { databaseClock } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { INSPECTOR_ROLE, roleOf, urlAs, type Schema } from '#libs/persistence';
import { createLogs, readProgramSettings, rolePasswords } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { startEmbedded } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';

export type Ground = Readonly<{ adminUrl: string; inspectorUrl: string; urlFor(schema: Schema): string }>;

export async function openGround(): Promise<Ground & Readonly<{ close(): Promise<void> }>> {
  const root = rootDir();
  const dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-simulate-'));
  const removed = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const server = await startEmbedded(root, dataDir, () => {}, { durable: false });
    const env = { ...PUBLISHED_KEYS, DATABASE_URL: server.url, MEREAU_DATA: dataDir, MEREAU_ENV: 'test', LOG_LEVEL: 'error' };
    const program = readProgramSettings(env);
    const keyring = loadKeyring({ env, dataDirectory: dataDir });
    await prepareDatabase(server.url, root, { env, program, keyring, clock: databaseClock, logs: createLogs(program, 'simulate', process.stderr) }, () => {});
    const as = (role: string) => urlAs(server.url, role, rolePasswords(keyring)(role));
    return {
      adminUrl: server.url, inspectorUrl: as(INSPECTOR_ROLE), urlFor: (schema) => as(roleOf(schema)),
      close: () => server.stop().finally(removed),
    };
  } catch (error) {
    removed();
    throw error;
  }
}
