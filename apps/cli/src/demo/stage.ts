// Where the demo plays: a database of its own, thrown away after, and the whole platform in this process.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#libs/kernel';
import { PUBLISHED_KEYS } from '#libs/keys';
import { INSPECTOR_ROLE, SCHEMAS, urlAs } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings, rolePasswords } from '#libs/service';
import { startPlatform, type Platform } from '../../../platform/src/platform.js';
import { freePort } from '../free-port.js';
import { startPrivateRedis } from '../private-redis.js';
import { rootDir } from '../root-dir.js';
import { startEmbedded } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';

export const QUEUES = ['postgres', 'redis'] as const;
export type QueueKind = (typeof QUEUES)[number];

export type Stage = Readonly<{ platform: Platform; adminUrl: string; inspectorUrl: string; dataDir: string; close(): Promise<void> }>;

/**
 * On a private server that goes with it, whatever DATABASE_URL and REDIS_URL say: a play with published keys has no
 * business on a server where somebody's money may be. `more` is added to the settings of all services.
 */
export async function openStage(clock: Clock, queue: QueueKind = 'postgres', more: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-demo-'));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const stage = await stageIn(dataDir, { clock, queue, env: { ...PUBLISHED_KEYS, ...more } });
    return { ...stage, close: async () => { await stage.close(); remove(); } };
  } catch (error) {
    remove();
    throw error;
  }
}

export type StageSettings = Readonly<{
  clock: Clock; queue?: QueueKind;
  /** Keys of the installation, and what else its services are told. */
  env: Readonly<Record<string, string>>;
}>;

/** The same in a folder that stays, with the database in it: a play may go on there, or the machine's owner's commands work on it. */
export async function stageIn(dataDir: string, { clock, queue = 'postgres', env: given }: StageSettings): Promise<Stage> {
  const root = rootDir();
  const closes: (() => Promise<unknown>)[] = [];
  const close = async () => { for (const each of closes.splice(0).reverse()) await each(); };
  try {
    const adminUrl = await privateServer(root, dataDir, closes);
    const redisUrl = queue === 'redis' ? await privateQueue(closes) : undefined;
    const env = {
      DATABASE_URL: adminUrl, MEREAU_DATA: dataDir, MEREAU_ENV: 'test', PORT: String(await freePort()),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error', ...(redisUrl && { REDIS_URL: redisUrl }), ...given,
    };
    const program = readProgramSettings(env);
    const keyring = keyringFor(SCHEMAS, program, env);
    const shared = { env, program, keyring, clock, logs: createLogs(program, 'demo', process.stderr) };
    await prepareDatabase(adminUrl, root, shared, () => {});
    const platform = await startPlatform(shared);
    closes.push(() => platform.close());
    return { platform, adminUrl, dataDir, inspectorUrl: urlAs(adminUrl, INSPECTOR_ROLE, rolePasswords(keyring)(INSPECTOR_ROLE)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function privateServer(root: string, dataDir: string, closes: (() => Promise<unknown>)[]): Promise<string> {
  const server = await startEmbedded(root, dataDir, () => {}, { durable: false });
  closes.push(() => server.stop());
  return server.url;
}

async function privateQueue(closes: (() => Promise<unknown>)[]): Promise<string> {
  const redis = await startPrivateRedis();
  closes.push(() => redis.stop());
  return redis.url;
}
