// A program of its own: one service in split mode, or the pages. `main.ts` is one call of `runService` or `runProgram`.
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TokenVerifier } from '#libs/auth';
import { ofOneService } from '#libs/invariants';
import { databaseClock } from '#libs/kernel';
import { checkRedis } from '#libs/messaging';
import { checkServer, type Schema } from '#libs/persistence';
import { readProgramSettings, type ProgramSettings } from './config.js';
import { createServiceApp, type AppModule } from './create-app.js';
import { lifecycleToken } from './lifecycle.js';
import { assertPortFree } from './listen.js';
import { createLogs, type Logs } from './logs.js';
import type { MessagingLifecycle } from './messaging-lifecycle.js';
import { NightlyInspection } from './nightly-inspection.js';
import { keyringFor, serviceSettings } from './open-settings.js';
import { runApp } from './run-app.js';
import type { ServiceSettings } from './settings.js';
import { endOnUncaught, stopOnSignals } from './signals.js';
import { startupMessage } from './startup-message.js';

export type Opened = Readonly<{
  modules: readonly AppModule[];
  /** Names of the services whose Lifecycle the modules provide. */
  services: readonly string[];
  /** Where the keys of tokens are asked for. */
  identityUrl: string;
  /** Of a service: what it asks of its own tables each night, under its own role. */
  inspected?: Readonly<{ service: Schema; url: string }>;
}>;
export type OpenProgram = (program: ProgramSettings, logs: Logs) => Promise<Opened>;

/** One service, alone in its process. */
export function runService(name: Schema, register: (settings: ServiceSettings) => DynamicModule): Promise<void> {
  return runProgram(name, async (program, logs) => {
    const keyring = keyringFor([name], program, process.env);
    const settings = serviceSettings(name, { env: process.env, program, keyring, clock: databaseClock, logs });
    if (settings.queue.kind === 'redis') await checkRedis(settings.queue.url);
    await checkServer(settings.databaseUrl);
    const { identityUrl } = settings;
    return { modules: [register(settings)], services: [name], identityUrl, inspected: { service: name, url: settings.databaseUrl } };
  });
}

/** Returns once it listens, or, with the exit code set and one line said, when it could not start. */
export async function runProgram(name: string, open: OpenProgram): Promise<void> {
  try {
    await start(name, open);
  } catch (error) {
    const line = startupMessage(error);
    if (line === undefined) throw error;
    process.stderr.write(`${name}: ${line}\n`);
    // What was opened before the fault (a pool, a queue) must not keep the program alive.
    process.exit(1);
  }
}

async function start(name: string, open: OpenProgram): Promise<void> {
  const program = readProgramSettings();
  const logs = createLogs(program, name);
  endOnUncaught(logs);
  await assertPortFree(program.host, program.port);
  const { modules, services, identityUrl, inspected } = await open(program, logs);
  const app = await createServiceApp(modules, { logs, verifier: TokenVerifier.of(identityUrl), trustProxy: program.trustProxy });
  const running = await runApp(app, { host: program.host, port: program.port, logs, services });
  const inspection = inspected && inspectAlone(app, inspected, logs);
  inspection?.start();
  const stop = async () => { await inspection?.stop(); await running.close(); };
  stopOnSignals({ say: (line) => logs.info(line), stop: () => stop().finally(() => process.exit(0)) });
  logs.info(`${name} listens on ${running.url}`);
}

/** Whatever reads no other service's tables, beyond what the watch asks each minute. */
function inspectAlone(app: NestFastifyApplication, { service, url }: NonNullable<Opened['inspected']>, log: Logs): NightlyInspection {
  const lifecycle = app.get<MessagingLifecycle>(lifecycleToken(service), { strict: false });
  const invariants = ofOneService(service);
  return new NightlyInspection({ inspectorUrl: url, invariants, log, tell: (broken) => lifecycle.tellBroken(broken) });
}
