// Identity whole, on a database of its own, behind real HTTP and with real signatures.
import { expect } from '@jest/globals';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { codeNow } from '../../apps/cli/src/world/authenticator.js';
import { createFirstApprover, createFirstOperator, IdentityModule } from '../../apps/identity/src/identity.module.js';
import { keysOfIdentity, TokenVerifier } from '#libs/auth';
import { databaseClock } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS, type Keyring } from '#libs/keys';
import { createServiceApp, runApp, type RunningApp, type ServiceSettings } from '#libs/service';
import { testDatabase, type TestDatabase } from '#libs/testing';

export type Credentials = Readonly<{ email: string; password: string; name: string }>;
export type Body = Record<string, unknown> & { code?: string };
export type Answer = Readonly<{ status: number; headers: Headers; body: Body }>;
type Request = Readonly<{ method?: string; body?: unknown; headers?: Record<string, string> }>;

export const OPERATOR: Credentials = { email: 'operator@mereau.example', password: 'correct horse battery', name: 'The operator' };
export const APPROVER: Credentials = { email: 'approver@mereau.example', password: 'another correct horse', name: 'The approver' };

export class IdentityWorld {
  /** Each sign-in comes from a place of its own, so that they do not throttle one another. */
  private places = 0;
  private operatorBearer: Promise<string> | undefined;

  private constructor(
    readonly database: TestDatabase, readonly app: NestFastifyApplication, readonly running: RunningApp, readonly keyring: Keyring,
    /** What went wrong, as the service wrote it. */
    readonly logged: readonly string[],
  ) {}

  /** Without people. */
  static async empty(): Promise<IdentityWorld> {
    const database = await testDatabase();
    const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['identity-token'] });
    const logged: string[] = [];
    const logs = pino({ level: 'warn' }, { write: (line: string) => { logged.push(line); } });
    const settings = {
      databaseUrl: database.urlFor('identity'), queue: { kind: 'postgres', url: database.urlFor('identity') }, keyring, clock: databaseClock,
      identityUrl: 'http://127.0.0.1', baseUrl: 'http://127.0.0.1', log: logs, dataDir: '/nonexistent', resendMs: 5_000,
    } as unknown as ServiceSettings;
    // The address of the keys is known once the app listens.
    let running: RunningApp | undefined;
    let keys: ReturnType<typeof keysOfIdentity> | undefined;
    const verifier = new TokenVerifier((...given) => (keys ??= keysOfIdentity(running!.url))(...given));
    const app = await createServiceApp([CqrsModule.forRoot(), IdentityModule.register(settings)], { logs, verifier });
    running = await runApp(app, { host: '127.0.0.1', port: 0, logs, services: ['identity'] });
    return new IdentityWorld(database, app, running, keyring, logged);
  }

  /** With the two whom the machine's owner makes. */
  static async create(): Promise<IdentityWorld> {
    const world = await IdentityWorld.empty();
    await createFirstOperator(world.app, OPERATOR);
    await createFirstApprover(world.app, APPROVER);
    return world;
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.database.drop();
  }

  async call(path: string, { method = 'POST', body, headers = {} }: Request = {}): Promise<Answer> {
    const response = await fetch(this.running.url + path, {
      method, headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() as Body };
  }

  signInFrom(email: string, password: string, from = `203.0.113.${this.places += 1}`): Promise<Answer> {
    return this.call('/identity/auth/sign-in/email', { body: { email, password }, headers: { 'x-forwarded-for': from } });
  }

  async cookieOf({ email, password }: Pick<Credentials, 'email' | 'password'>): Promise<string> {
    const { status, headers } = await this.signInFrom(email, password);
    expect(status).toBe(200);
    return headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  }

  tokenFor(cookie: string, organisationId?: string): Promise<Answer> {
    return this.call('/identity/tokens', { body: organisationId ? { organisationId } : {}, headers: { cookie } });
  }

  async bearerFor(cookie: string): Promise<string> {
    return `Bearer ${String((await this.tokenFor(cookie)).body['token'])}`;
  }

  async bearerOf(who: Pick<Credentials, 'email' | 'password'>): Promise<string> {
    return this.bearerFor(await this.cookieOf(who));
  }

  /** One sign-in for all specs: a token outlives them. */
  operator(): Promise<string> {
    return (this.operatorBearer ??= this.bearerOf(OPERATOR));
  }

  command(path: string, authorization: string, body: object, key = uuidv7()): Promise<Answer> {
    return this.call(path, { body, headers: { authorization, 'idempotency-key': key } });
  }

  /** With the cookie of a sign-in, as codes of a second factor are entered. */
  withCookie(cookie: string, path: string, body: object): Promise<Answer> {
    return this.call(`/identity/second-factors${path}`, { body, headers: { cookie } });
  }

  /** Begins and confirms a second factor in a sign-in; its secret. */
  async enrol(cookie: string, password: string): Promise<string> {
    const { body } = await this.withCookie(cookie, '', { password });
    const secret = String(body['secret']);
    expect((await this.withCookie(cookie, '/confirmations', { code: await codeNow(secret) })).status).toBe(200);
    return secret;
  }
}
