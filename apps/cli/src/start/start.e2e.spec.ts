// `npm start` as a person meets it: the real program, a data folder of its own, a free port.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import { join } from 'node:path';

type Environment = Record<string, string>;
type Ended = { code: number | null; said: string };

const folder = mkdtempSync(join(process.env['MEREAU_TEST_FOLDER'] ?? os.tmpdir(), 'mereau-start-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

class Program {
  private readonly child: ChildProcess;
  said = '';
  readonly ended: Promise<Ended>;

  constructor(env: Environment) {
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(MEREAU_|DATABASE_URL|REDIS_URL|NODE_ENV)/.test(name)));
    this.child = spawn(process.execPath, ['start.mjs'], { env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => { this.said += chunk; });
    // Sources may have been saved while this runs: what the build says is no part of the answer.
    const answer = () => this.said.replace(/^(compiled|generated) .*\n/gm, '');
    this.ended = new Promise((resolve) => { this.child.once('close', (code) => resolve({ code, said: answer() })); });
  }

  /** Resolves when the line is there; rejects with everything said when the program ends without it. */
  async says(text: string): Promise<void> {
    let over = false;
    void this.ended.then(() => { over = true; });
    while (!this.said.includes(text)) {
      if (over) throw new Error(`it ended without saying "${text}":\n${this.said}`);
      await new Promise((go) => { setTimeout(go, 20); });
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.kill(signal);
    return this.ended;
  }
}

async function started(env: Environment = {}): Promise<{ program: Program; url: string }> {
  const port = await freePort();
  const program = new Program({ PORT: String(port), MEREAU_DATA: data, ...env });
  await program.says('Méreau runs at');
  return { program, url: `http://127.0.0.1:${port}` };
}
const refused = (env: Environment): Promise<Ended> => new Program({ MEREAU_DATA: data, ...env }).ended;
const readiness = async (url: string) => (await fetch(`${url}/health/ready`)).json();

describe('npm start', () => {
  // The first start makes the database and the small world that the others find.
  let first: Ended;
  let ready: unknown;
  beforeAll(async () => {
    const { program, url } = await started();
    ready = await readiness(url);
    first = await program.stop('SIGINT');
  }, 120_000);

  it('comes up on an empty folder with every part well, says how to sign in, and stops with 0', () => {
    expect(ready).toMatchObject({ status: 'ready', checks: { 'redemption.database': 'ok' } });
    expect(first.said).toContain('Sign in as');
    expect(first.code).toBe(0);
  });

  it('finds what it left, and tells a second start on the folder that it is in use', async () => {
    const { program } = await started();
    const second = await refused({ PORT: String(await freePort()) });
    expect(second).toMatchObject({ code: 1, said: expect.stringMatching(/^the data folder .* is in use by process \d+ /) });
    expect(await program.stop()).toMatchObject({ code: 0, said: expect.stringContaining('Sign in as') });
  });

  it('comes back after it was killed with everything', async () => {
    const { program } = await started();
    program.kill('SIGKILL');
    const again = await started();
    expect(await readiness(again.url)).toMatchObject({ status: 'ready' });
    expect((await again.program.stop()).code).toBe(0);
  });

  it('stops in the middle of its start without a fault', async () => {
    const program = new Program({ PORT: String(await freePort()), MEREAU_DATA: join(folder, 'interrupted') });
    await program.says('making a new database');
    const { code, said } = await program.stop('SIGINT');
    expect(code).toBe(0);
    expect(said).not.toMatch(/Error|ERROR|\n {4}at /);
  });

  it('says in one line that the port is taken, before a database is started', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, said } = await refused({ PORT: String(port) });
    other.close();
    expect({ code, said }).toEqual({ code: 1, said: `port ${port} of 127.0.0.1 is in use by another program: set PORT (and HOST) to another one\n` });
  });

  it.each<[string, Environment, RegExp]>([
    ['a wrong setting', { PORT: 'many', LOG_LEVEL: 'loud' }, /^wrong settings: [^\n]*PORT[^\n]*LOG_LEVEL[^\n]*\n$/],
    ['a database address that is none', { DATABASE_URL: 'somewhere' }, /^DATABASE_URL [^\n]*\n$/],
    ['a database that does not answer', { DATABASE_URL: 'postgresql://a:hush@127.0.0.1:1/x' }, /^Cannot use the database at 127\.0\.0\.1:1[^\n]*\n$/],
    ['a Redis that does not answer', { REDIS_URL: 'redis://127.0.0.1:1' }, /^Cannot use Redis at 127\.0\.0\.1:1[^\n]*\n$/],
    ['production without keys', { MEREAU_ENV: 'production' }, /^MEREAU_WRAPPING_KEY is missing[^\n]*\n$/],
  ])('says in one line: %s', async (_what, env, line) => {
    const { code, said } = await refused({ PORT: String(await freePort()), ...env });
    expect(said).toMatch(line);
    expect(said).not.toContain('hush');
    expect(code).toBe(1);
  });

  it('says in one line that the data folder is broken', async () => {
    const broken = join(folder, 'broken');
    cpSync(data, broken, { recursive: true });
    truncateSync(join(broken, 'postgres', 'data', 'global', 'pg_control'), 100);
    const { code, said } = await refused({ PORT: String(await freePort()), MEREAU_DATA: broken });
    expect(said).toMatch(/^PostgreSQL does not start in [^\n]*pg_control[^\n]*\n$/);
    expect(code).toBe(1);
  });
});
