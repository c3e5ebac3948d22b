// The two ways to run Méreau, as real processes of the built programs: all in one, or each service alone. A journey is
// played against both, with the queue in PostgreSQL and in Redis, and must not notice.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import { PUBLISHED_KEYS } from '#libs/keys';
import { SCHEMAS } from '#libs/persistence';
import { testDatabase, until, type TestDatabase } from '#libs/testing';
import { oneOrigin, type Origins } from '../../apps/cli/src/world/api.js';
import { settingOf, type StaffSetting } from '../../apps/cli/src/world/people.js';
import { Plot } from '../../apps/cli/src/world/plot.js';
import { PEOPLE } from '../../apps/cli/src/world/samples.js';

export type Layout = 'platform' | 'split';
export type QueueKind = 'postgres' | 'redis';

export type Running = Readonly<{
  origins: Origins;
  database: TestDatabase;
  plot: Plot;
  /** For the people of a play on it. */
  setting: StaffSetting;
  /** Of every process, for one more beside them. */
  env: Readonly<Record<string, string>>;
  /** Everything that the processes have written so far. */
  output(): string;
  /** Ends the processes and leaves the database. */
  stop(): Promise<void>;
  close(): Promise<void>;
}>;

export const MAIN = (app: string) => join('dist', 'apps', app, 'src', 'main.js');
const READY_MS = 60_000;

/** Each process that runs specs has a database of its own in it: two schemes at once would take each other's messages. */
export function redisUrl(): string | undefined {
  const { MEREAU_TEST_REDIS_URL: url, JEST_WORKER_ID: worker } = process.env;
  return url && new URL(`/${worker ?? 0}`, url).href;
}

/** `more` is added to the environment of every process. */
export async function openLayout(
  layout: Layout, queue: QueueKind, seed: string, more: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-e2e-'));
  const stage = new Processes();
  const env = {
    PATH: process.env['PATH'] ?? '', ...PUBLISHED_KEYS, MEREAU_ENV: 'test', MEREAU_DATA: dataDir, MEREAU_COOLING_OFF_HOURS: '0', LOG_LEVEL: 'debug',
    DATABASE_URL: database.adminUrl, ...(queue === 'redis' && { REDIS_URL: redisUrl()! }), ...more,
  };
  const plot = new Plot(seed, Date.now());
  const close = async () => {
    await stage.stop();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const origins = layout === 'platform' ? await startPlatform(stage, env) : await startServices(stage, env);
    for (const role of ['operator', 'approver'] as const) {
      const { email, name } = PEOPLE[role];
      await stage.run([MAIN('cli'), `first-${role}`, email, name], { ...env, MEREAU_FIRST_PASSWORD: plot.passwordFor(email) });
    }
    const setting = settingOf(plot, origins, dataDir);
    return { origins, database, plot, setting, env, output: () => stage.output, stop: () => stage.stop(), close };
  } catch (error) {
    await close();
    throw new Error(`${(error as Error).message}\n${stage.output.slice(-4000)}`, { cause: error });
  }
}

async function startPlatform(stage: Processes, env: Record<string, string>): Promise<Origins> {
  const port = await freePort();
  stage.start([MAIN('cli'), 'start'], { ...env, PORT: String(port) });
  await ready(`http://127.0.0.1:${port}`);
  return oneOrigin(`http://127.0.0.1:${port}`);
}

async function startServices(stage: Processes, env: Record<string, string>): Promise<Origins> {
  const ports = await Promise.all(SCHEMAS.map(freePort));
  const origins = Object.fromEntries(SCHEMAS.map((service, index) => [service, `http://127.0.0.1:${ports[index]}`])) as Origins;
  for (const [index, service] of SCHEMAS.entries()) {
    stage.start([MAIN(service)], {
      ...env, PORT: String(ports[index]), MEREAU_IDENTITY_URL: origins.identity, MEREAU_BASE_URL: origins.identity,
      MEREAU_ISSUANCE_URL: origins.issuance, MEREAU_SETTLEMENT_URL: origins.settlement,
    });
  }
  await Promise.all(Object.values(origins).map(ready));
  return origins;
}

export const ready = (origin: string) => until(`${origin} is ready`, async () => {
  const answer = await fetch(`${origin}/health/ready`).catch(() => undefined);
  return answer?.status === 200;
}, READY_MS);

export class Processes {
  output = '';
  private readonly running: ChildProcess[] = [];

  start(args: readonly string[], env: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { this.output += chunk.toString(); });
    this.running.push(child);
    return child;
  }

  /** To its end. Throws when it fails. */
  async run(args: readonly string[], env: Record<string, string>): Promise<void> {
    const child = this.start(args, env);
    const code = await new Promise<number | null>((ended) => { child.once('exit', ended); });
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  }

  /** In order, as Ctrl-C does it; a process that does not end is a failure of the test that asked. */
  async stop(): Promise<void> {
    await Promise.all(this.running.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => { child.once('exit', done); });
      child.kill('SIGTERM');
      await ended;
    }));
  }
}

export const freePort = (): Promise<number> => new Promise((found, failed) => {
  const server = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number };
    server.close(() => found(port));
  });
});
