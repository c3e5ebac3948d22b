// Brings an application and the lifecycles of its services up, and down again in order: no new request comes in, each
// service ends what it runs and lets go of its database, and only then the application itself goes.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastifyOf } from './create-app.js';
import { Health } from './health.js';
import { lifecycleToken, type Lifecycle } from './lifecycle.js';
import { portFault } from './listen.js';
import type { Logs } from './logs.js';
import { STOP_LIMIT_MS } from './orderly-stop.js';
import { withinLimit } from './time-limit.js';

/** A lifecycle has its own stages, each with a limit of its own; this is for one that hangs between them. */
const SERVICE_STOP_LIMIT_MS = 5 * STOP_LIMIT_MS;

export type RunningApp = Readonly<{
  /** e.g. `http://127.0.0.1:3000`; without a port asked for (0), the one that was found. */
  url: string;
  lifecycles: readonly Lifecycle[];
  /** True when nothing waits anywhere in this process. For tests and the demo. */
  idle(): Promise<boolean>;
  /** Once; a second call waits for the first. */
  close(): Promise<void>;
}>;

export type RunAppOptions = Readonly<{
  host: string;
  port: number;
  logs: Logs;
  /** Names of the services whose Lifecycle the modules provide, in the order in which they start. */
  services: readonly string[];
}>;

/** Throws StartupFault when the port is taken; what was started by then is stopped again. */
export async function runApp(app: NestFastifyApplication, { host, port, logs, services }: RunAppOptions): Promise<RunningApp> {
  await app.init();
  const lifecycles = services.map((service) => app.get<Lifecycle>(lifecycleToken(service), { strict: false }));
  const started: Lifecycle[] = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= stopAll(app, started, logs));
  try {
    for (const lifecycle of lifecycles) {
      started.push(lifecycle);
      await lifecycle.start();
      registerChecks(app.get(Health, { strict: false }), lifecycle);
    }
    await app.listen(port, host);
  } catch (error) {
    await close();
    throw portFault(error, host, port);
  }
  // At rest is asked last, and without waiting: whoever turns a clock then turns it for no transaction that has looked at it.
  const idle = async () => (await Promise.all(lifecycles.map((lifecycle) => lifecycle.idle()))).every(Boolean)
    && lifecycles.every((lifecycle) => lifecycle.isAtRest());
  return { url: addressOf(app, host), lifecycles, idle, close };
}

function registerChecks(health: Health, lifecycle: Lifecycle): void {
  for (const [part, check] of Object.entries(lifecycle.checks())) health.register(`${lifecycle.name}.${part}`, check);
}

function addressOf(app: NestFastifyApplication, host: string): string {
  const address = fastifyOf(app).server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function stopAll(app: NestFastifyApplication, started: readonly Lifecycle[], logs: Logs): Promise<void> {
  const fastify = fastifyOf(app);
  const attempt = async (what: string, limitMs: number, stop: () => Promise<unknown>): Promise<void> => {
    await withinLimit(Promise.resolve().then(stop), limitMs, `stopping ${what}`)
      .catch((error: Error) => logs.error({ err: error }, `${what} did not stop in order`));
  };
  app.get(Health, { strict: false }).beginStop();
  // Idle connections are closed, answers in the making are given; who holds one open for longer is cut off.
  await attempt('http', STOP_LIMIT_MS, () => fastify.close());
  fastify.server.closeAllConnections();
  for (const lifecycle of [...started].reverse()) await attempt(lifecycle.name, SERVICE_STOP_LIMIT_MS, () => lifecycle.stop());
  await attempt('the application', STOP_LIMIT_MS, () => app.close());
}
