// Where chaos plays: each service in a process of its own as in production, on a private PostgreSQL and, when asked for, a
// private Redis. Everything can be killed and comes back at the same address.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { databaseClock } from '#libs/kernel';
import { PUBLISHED_KEYS } from '#libs/keys';
import type { QueueSettings } from '#libs/messaging';
import { INSPECTOR_ROLE, roleOf, SCHEMAS, urlAs } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings, rolePasswords } from '#libs/service';
import { freePort } from '../free-port.js';
import { startPrivateRedis, type PrivateRedis } from '../private-redis.js';
import { rootDir } from '../root-dir.js';
import { startEmbedded, type EmbeddedDatabase } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';
import type { Origins } from '../world/api.js';
import { FaultProxy } from './fault-proxy.js';
import { ServiceProcess } from './service-process.js';

export const PROXIED = ['issuance', 'redemption', 'settlement', 'audit'] as const;
export type Proxied = (typeof PROXIED)[number];
export type QueueKind = 'redis' | 'postgres';
export type Theatre = Readonly<{
  dataDir: string;
  origins: Origins;
  services: readonly ServiceProcess[];
  adminUrl: string;
  inspectorUrl: string;
  redis: PrivateRedis | undefined;
  /** Of each service that moves money or keeps it, what stands between it and its database. */
  proxies: Readonly<Record<Proxied, FaultProxy>>;
  /** All services' common queue, for somebody who is none of them. */
  queue: QueueSettings;
  /** The server is killed as a power cut would, unless it is down already, and started again on the same port. */
  crashDatabase(): Promise<void>;
  /** Another version of the project, built in `root`: migrates the database and runs every service once more, beside those that run. */
  join(root: string): Promise<Pick<Theatre, 'origins' | 'services'>>;
  /** A verb of the command line, in a process of its own, e.g. `first-operator`. */
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}>;

/** `dataDir` may hold a cluster already, on whatever disks; `root` is a built version of the project, this one unless told. */
export type Stage = Readonly<{ dataDir?: string; root?: string }>;

export async function openTheatre(queue: QueueKind, tell: (line: string) => void, stage: Stage = {}): Promise<Theatre> {
  const root = stage.root ?? rootDir();
  const dataDir = stage.dataDir ?? mkdtempSync(join(os.tmpdir(), 'mereau-chaos-'));
  const closes: (() => Promise<unknown>)[] = [async () => { if (!stage.dataDir) rmSync(dataDir, { recursive: true, force: true }); }];
  const close = async () => { for (const each of closes.splice(0).reverse()) await each(); };
  try {
    const port = await freePort();
    let server = await startEmbedded(root, dataDir, () => {}, { port });
    closes.push(() => server.stop());
    const redis = queue === 'redis' ? await startPrivateRedis() : undefined;
    if (redis) closes.push(() => redis.stop());
    const env: Record<string, string> = {
      ...PUBLISHED_KEYS, PATH: process.env['PATH'] ?? '', DATABASE_URL: server.url, MEREAU_DATA: dataDir, MEREAU_ENV: 'test', LOG_LEVEL: 'error',
      ...(redis && { REDIS_URL: redis.url }),
    };
    const inspectorUrl = await prepare(root, server.url, env, stage.root !== undefined);
    const proxies = await openProxies(port, closes);
    const serve = async (from: string) => {
      const started = await startServices(from, { ...env, ...throughProxies(server.url, proxies, env) });
      closes.push(() => Promise.all(started.services.map((service) => service.stop())));
      await Promise.all(started.services.map((service) => service.ready()));
      return started;
    };
    const { origins, services } = await serve(root);
    tell(`${services.length} services run, each in a process of its own`);
    return {
      dataDir, origins, services, redis, proxies, adminUrl: server.url, inspectorUrl, close,
      queue: redis ? { kind: 'redis', url: redis.url } : { kind: 'postgres', url: server.url },
      async crashDatabase() { server = await crashed(server, () => startEmbedded(root, dataDir, () => {}, { port })); },
      async join(other) {
        await ServiceProcess.run(other, 'cli', ['migrate'], env);
        return serve(other);
      },
      run: (args, more) => ServiceProcess.run(root, 'cli', args, { ...env, ...more }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openProxies(port: number, closes: (() => Promise<unknown>)[]): Promise<Theatre['proxies']> {
  const opened: [Proxied, FaultProxy][] = [];
  for (const service of PROXIED) {
    const proxy = await FaultProxy.open(port);
    opened.push([service, proxy]);
    closes.push(() => proxy.close());
  }
  return Object.fromEntries(opened) as Theatre['proxies'];
}

/** Where each of them signs in as its own role, by way of its proxy. */
function throughProxies(serverUrl: string, proxies: Theatre['proxies'], env: Record<string, string>): Record<string, string> {
  const passwordOf = rolePasswords(keyringFor(SCHEMAS, readProgramSettings(env), env));
  return Object.fromEntries(PROXIED.map((service) => {
    const url = new URL(urlAs(serverUrl, roleOf(service), passwordOf(roleOf(service))));
    [url.hostname, url.port] = ['127.0.0.1', String(proxies[service].port)];
    return [`${service.toUpperCase()}_DATABASE_URL`, url.href];
  }));
}

/** Another version brings its own database about, in a process of its own. */
async function prepare(root: string, adminUrl: string, env: Record<string, string>, isAnother: boolean): Promise<string> {
  const program = readProgramSettings(env);
  const keyring = keyringFor(SCHEMAS, program, env);
  if (isAnother) await ServiceProcess.run(root, 'cli', ['migrate'], env);
  else await prepareDatabase(adminUrl, root, { env, program, keyring, clock: databaseClock, logs: createLogs(program, 'chaos', process.stderr) }, () => {});
  return urlAs(adminUrl, INSPECTOR_ROLE, rolePasswords(keyring)(INSPECTOR_ROLE));
}

async function startServices(root: string, env: Record<string, string>): Promise<Pick<Theatre, 'origins' | 'services'>> {
  const ports = await Promise.all(SCHEMAS.map(freePort));
  const origins = Object.fromEntries(SCHEMAS.map((service, at) => [service, `http://127.0.0.1:${ports[at]}`])) as Origins;
  const services = SCHEMAS.map((name, at) => new ServiceProcess(root, name, {
    ...env, PORT: String(ports[at]), MEREAU_IDENTITY_URL: origins.identity, MEREAU_BASE_URL: origins.identity,
  }));
  for (const service of services) service.start();
  return { origins, services };
}

/** Backends outlive their killed postmaster for a moment and hold its memory: the start is tried until they are gone. */
async function crashed(server: EmbeddedDatabase, start: () => Promise<EmbeddedDatabase>): Promise<EmbeddedDatabase> {
  try {
    process.kill(server.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
  await server.exited;
  await server.stop();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt >= 20) throw error;
      await new Promise((resume) => { setTimeout(resume, 500); });
    }
  }
}
