// A real application on a real port, with a lifecycle that records what is asked of it.
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { createServer, type AddressInfo } from 'node:net';
import { AllowOnly, TokenVerifier } from '#libs/auth';
import { createServiceApp, fastifyOf } from './create-app.js';
import { lifecycleToken, type Lifecycle } from './lifecycle.js';
import { assertPortFree } from './listen.js';
import { createLogs } from './logs.js';
import { runApp, type RunningApp } from './run-app.js';

const quiet = createLogs({ logLevel: 'silent', logFormat: 'json' }, 'test');
const verifier = TokenVerifier.of('http://127.0.0.1:1');

/** A promise and what resolves it. */
function signal() {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => { give = resolve; });
  return { give, given };
}

type Fixture = { well?: () => boolean; failsToStart?: boolean };

function fixture({ well = () => true, failsToStart = false }: Fixture = {}) {
  const said: string[] = [];
  const entered = signal();
  const opened = signal();

  @Controller()
  class Slow {
    @Get('/slow') @AllowOnly('anyone')
    async slow() {
      entered.give();
      await opened.given;
      said.push('answered');
      return { done: true };
    }
  }
  const lifecycle: Lifecycle = {
    name: 'sample',
    start: async () => {
      said.push('started');
      if (failsToStart) throw new Error('no database');
    },
    stop: async () => { said.push('stopped'); },
    checks: () => ({ database: async () => (well() ? 'ok' : 'failed'), relay: async () => 'late' }),
    idle: async () => well(),
    isWorkedOff: async () => well(),
    isAtRest: () => true,
  };
  @Module({ controllers: [Slow], providers: [{ provide: lifecycleToken('sample'), useValue: lifecycle }] })
  class SampleModule {}
  const start = async (port = 0) => {
    const app = await createServiceApp([SampleModule], { logs: quiet, verifier });
    return { app, running: await runApp(app, { host: '127.0.0.1', port, logs: quiet, services: ['sample'] }) };
  };
  return { said, entered: entered.given, open: opened.give, start };
}
const answer = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() as unknown };
};
const read = (running: RunningApp, path: string) => answer(`${running.url}${path}`);

describe('a running application', () => {
  it('answers on its health pages, names the part that fails without saying why, and stays ready where one is late', async () => {
    let well = true;
    const { start } = fixture({ well: () => well });
    const { running } = await start();
    try {
      expect(await read(running, '/health/live')).toEqual({ status: 200, body: { status: 'live' } });
      expect(await read(running, '/health/ready')).toEqual({ status: 200, body: { status: 'ready', checks: { 'sample.database': 'ok', 'sample.relay': 'late' } } });
      expect(await running.idle()).toBe(true);
    } finally {
      await running.close();
    }
    well = false;
    const second = await start();
    try {
      expect(await read(second.running, '/health/ready')).toEqual({ status: 503, body: { status: 'not_ready', checks: { 'sample.database': 'failed', 'sample.relay': 'late' } } });
    } finally {
      await second.running.close();
    }
  });

  it('answers an unknown address and a wrong body as problems, with the id of the request', async () => {
    const { running } = await fixture().start();
    try {
      const response = await fetch(`${running.url}/nowhere`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(response.headers.get('x-request-id')).toMatch(/^req_/);
    } finally {
      await running.close();
    }
  });

  it('gives the answers in the making before a service is stopped, and takes no new request', async () => {
    const { said, entered, open, start } = fixture();
    const { running } = await start();
    const slow = read(running, '/slow');
    await entered;
    const closing = Promise.all([running.close(), running.close()]);
    await expect(assertClosed(running.url)).resolves.toBe(true);
    open();
    expect(await slow).toEqual({ status: 200, body: { done: true } });
    await closing;
    expect(said).toEqual(['started', 'answered', 'stopped']);
  });

  it('says in one line that the port is taken, and stops what had started', async () => {
    const { said, start } = fixture();
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const message = `port ${port} of 127.0.0.1 is in use by another program: set PORT (and HOST) to another one`;
      await expect(assertPortFree('127.0.0.1', port)).rejects.toMatchObject({ name: 'StartupFault', message });
      await expect(start(port)).rejects.toMatchObject({ name: 'StartupFault', message });
      expect(said).toEqual(['started', 'stopped']);
    } finally {
      other.close();
    }
    await assertPortFree('127.0.0.1', port);
  });

  it('stops a service that could not start, and passes its reason on', async () => {
    const { said, start } = fixture({ failsToStart: true });
    await expect(start()).rejects.toThrow('no database');
    expect(said).toEqual(['started', 'stopped']);
  });

  it('logs the route of a request, never its address', async () => {
    const lines: string[] = [];
    const logs = createLogs({ logLevel: 'debug', logFormat: 'json' }, 'test', { write: (line: string) => { lines.push(line); } });
    const app = await createServiceApp([], { logs, verifier });
    await app.init();
    await fastifyOf(app).inject('/health/live?note=hush');
    await app.close();
    expect(lines.join('')).toContain('"route":"/health/live"');
    expect(lines.join('')).not.toContain('hush');
  });
});

/** True when a new connection is refused: the listener is gone while the slow answer is still being made. */
async function assertClosed(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const open = await fetch(`${url}/health/live`, { headers: { connection: 'close' } }).then((response) => response.status !== 503, () => false);
    if (!open) return true;
  }
  return false;
}
