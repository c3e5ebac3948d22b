// Where a bench runs: a private server with fsync on, in the project's own folder (a temporary folder may be memory),
// and thrown away after.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { databaseClock } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS, type Keyring } from '#libs/keys';
import { roleOf, urlAs } from '#libs/persistence';
import { createLogs, readProgramSettings, rolePasswords } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { startEmbedded } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';
import { machineOf, machineText, told } from './machine.js';

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

export type Bench = Readonly<{ stage: BenchStage; admin: pg.Client; tell(line: string): void }>;
/** `text`: the same for people. */
export type BenchFigures = Readonly<{ figures: object; text: string }>;

/** Plays on a stage of its own, tells the machine first, and concludes with the figures. The stage goes, whatever happens. */
export async function onBenchStage(json: boolean, play: (bench: Bench) => Promise<BenchFigures>): Promise<void> {
  const { tell, conclude } = told(json);
  const stage = await openBenchStage();
  const admin = new pg.Client({ connectionString: stage.adminUrl });
  await admin.connect();
  try {
    const machine = await machineOf(admin);
    tell(machineText(machine));
    const { figures, text } = await play({ stage, admin, tell });
    conclude({ ...figures, machine }, text);
  } finally {
    await admin.end();
    await stage.close();
  }
}
