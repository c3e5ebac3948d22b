// `npm start`: the database, its migrations, the whole platform in this process, and what a new installation comes with.
// Whatever can be known to be wrong is looked at before a database is started for nothing.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { databaseClock } from '#libs/kernel';
import { checkRedis } from '#libs/messaging';
import { checkServer, SCHEMAS, StartupFault } from '#libs/persistence';
import {
  assertPortFree, createLogs, endOnUncaught, keyringFor, readProgramSettings, stopOnSignals, type Logs, type ProgramSettings,
} from '#libs/service';
import { rootDir } from '../root-dir.js';
import type { SignIn } from '../world/people.js';
import { Closing } from './closing.js';
import { startEmbedded } from './embedded-database.js';
import { prepareDatabase } from './prepare-database.js';
import { welcome } from './welcome.js';

type Starting = Readonly<{ root: string; program: ProgramSettings; logs: Logs; closing: Closing; end: (code: number) => void }>;
type Started = Readonly<{ url: string; signIns: readonly SignIn[] }>;

const say = (line: string): void => console.log(line);

/** Resolves with the exit code once everything has stopped. Rejects with a StartupFault when it cannot start. */
export async function start(): Promise<number> {
  const began = performance.now();
  const root = rootDir();
  const program = settingsIn(root);
  const logs = createLogs(program, 'mereau');
  endOnUncaught(logs);
  const closing = new Closing((name, error) => logs.error({ err: error }, `${name} did not stop in order`));
  return new Promise((resolveExit, rejectStart) => {
    const end = (code: number): void => { void closing.run().then(() => resolveExit(code)); };
    stopOnSignals({ say, stop: async () => end(0) });
    open({ root, program, logs, closing, end }).then(
      ({ url, signIns }) => say(welcome(url, signIns, performance.now() - began)),
      (error: Error) => {
        // A stop in the middle of the start pulls the ground from under it: that is no fault.
        if (!closing.hasBegun) void closing.run().then(() => rejectStart(error));
      },
    );
  });
}

/** A relative data folder lies in the project, wherever the command was given. */
function settingsIn(root: string): ProgramSettings {
  const program = readProgramSettings();
  return { ...program, dataDir: resolve(root, program.dataDir) };
}

async function open({ root, program, logs, closing, end }: Starting): Promise<Started> {
  await assertPortFree(program.host, program.port);
  makeDataFolder(program.dataDir);
  const keyring = keyringFor(SCHEMAS, program, process.env);
  if (program.redisUrl) await checkRedis(program.redisUrl);
  // Loading the services takes as long as the database takes to start: side by side, and only once they can start.
  const services = loadServices();
  services.catch(() => undefined); // awaited below, unless the database fails first
  const databaseUrl = program.databaseUrl ?? (await openEmbedded({ root, program, logs, closing, end }));
  await checkServer(databaseUrl);
  const shared = { env: process.env, program: { ...program, databaseUrl }, keyring, clock: databaseClock, logs };
  await prepareDatabase(databaseUrl, root, shared, say);
  const { startPlatform, seedIfEmpty } = await services;
  const platform = await startPlatform(shared);
  await closing.add('platform', () => platform.close());
  // Made-up people are invited by mail, which has to be caught here and must not leave.
  const wanted = program.environment === 'development' && !process.env['MEREAU_SMTP_URL'];
  return { url: platform.url, signIns: await seedIfEmpty(platform, { dataDir: program.dataDir, wanted, say }) };
}

async function loadServices() {
  const [{ startPlatform }, { seedIfEmpty }] = await Promise.all([import('../../../platform/src/platform.js'), import('../seed/seed-if-empty.js')]);
  return { startPlatform, seedIfEmpty };
}

async function openEmbedded({ root, program, logs, closing, end }: Starting): Promise<string> {
  const database = await startEmbedded(root, program.dataDir, say);
  await closing.add('database', () => database.stop());
  void database.exited.then(() => {
    if (closing.hasBegun) return;
    logs.fatal(`the embedded PostgreSQL (process ${database.pid}) ended by itself: see ${database.dir}/postgres.log`);
    end(1);
  });
  return database.url;
}

/** Others may pass through: root's PostgreSQL runs as another user. What is inside is readable by its owner only. */
function makeDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    throw new StartupFault(`the data folder ${dataDir} cannot be made: ${(error as Error).message}`);
  }
}
