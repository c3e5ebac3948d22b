// Identity whole, on a database of its own, behind real HTTP and with real signatures.
import { expect } from '@jest/globals';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { decodeJwt, SignJWT } from 'jose';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { CODES_TO_TRY, codeNow } from '../../apps/cli/src/world/authenticator.js';
import { createFirstApprover, createFirstOperator, IdentityModule } from '../../apps/identity/src/identity.module.js';
import { keysOfIdentity, Revocations, SECOND_FACTOR_FRESH_SECONDS, TokenVerifier } from '#libs/auth';
import { databaseClock } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS, type Keyring } from '#libs/keys';
import { Mail, type MailMessage } from '#libs/mail';
import { createServiceApp, runApp, type RunningApp, type ServiceSettings } from '#libs/service';
import { testDatabase, until, type TestDatabase } from '#libs/testing';

export type Credentials = Readonly<{ email: string; password: string; name: string }>;
export type Body = Record<string, unknown> & { code?: string };
export type Answer = Readonly<{ status: number; headers: Headers; body: Body }>;
type Request = Readonly<{ method?: string; body?: unknown; headers?: Record<string, string> }>;

export const OPERATOR: Credentials = { email: 'operator@mereau.example', password: 'correct horse battery', name: 'The operator' };
export const APPROVER: Credentials = { email: 'approver@mereau.example', password: 'another correct horse', name: 'The approver' };

/** Keeps what was sent, for who looks into a mailbox. */
class CaughtMail extends Mail {
  readonly sent: MailMessage[] = [];

  override async send(message: MailMessage) {
    this.sent.push(message);
    return { kind: 'taken', messageId: `<${this.sent.length}@test>` } as const;
  }
}

export class IdentityWorld {
  /** Each sign-in comes from a place of its own, so that they do not throttle one another. */
  private places = 0;
  /** Of the second factors that this world began, by address. */
  readonly secrets = new Map<string, string>();
  private operatorBearer: Promise<string> | undefined;

  private constructor(
    readonly database: TestDatabase, readonly app: NestFastifyApplication, readonly running: RunningApp, readonly keyring: Keyring,
    private readonly left: Readonly<{ logged: readonly string[]; mail: CaughtMail }>,
  ) {}

  /** What went wrong, as the service wrote it. */
  get logged(): readonly string[] { return this.left.logged; }

  /** Without people. */
  static async empty(): Promise<IdentityWorld> {
    const database = await testDatabase();
    const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: ['identity-token'] });
    const logged: string[] = [];
    const mail = new CaughtMail();
    const logs = pino({ level: 'warn' }, { write: (line: string) => { logged.push(line); } });
    const settings = {
      databaseUrl: database.urlFor('identity'), queue: { kind: 'postgres', url: database.urlFor('identity') }, keyring, clock: databaseClock,
      identityUrl: 'http://127.0.0.1', baseUrl: 'http://127.0.0.1', log: logs, dataDir: '/nonexistent', resendMs: 5_000, mail,
    } as unknown as ServiceSettings;
    // The address of the keys is known once the app listens.
    let running: RunningApp | undefined;
    let keys: ReturnType<typeof keysOfIdentity> | undefined;
    const askKeys: ReturnType<typeof keysOfIdentity> = (...given) => (keys ??= keysOfIdentity(running!.url))(...given);
    let revocations: Revocations | undefined;
    const ended = { name: (ids: readonly string[]) => (revocations ??= Revocations.of(running!.url, askKeys)).name(ids) } as Revocations;
    const verifier = new TokenVerifier(askKeys, Date.now, ended);
    const app = await createServiceApp([CqrsModule.forRoot(), IdentityModule.register(settings)], { logs, verifier });
    running = await runApp(app, { host: '127.0.0.1', port: 0, logs, services: ['identity'] });
    return new IdentityWorld(database, app, running, keyring, { logged, mail });
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

  /** With what a second factor asks of staff. */
  async bearerOf(who: Pick<Credentials, 'email' | 'password'>): Promise<string> {
    return this.bearerFor(await this.provedCookieOf(who));
  }

  /** A sign-in in which a second factor was shown; it is begun where there is none. */
  async provedCookieOf({ email, password }: Pick<Credentials, 'email' | 'password'>): Promise<string> {
    const cookie = await this.cookieOf({ email, password });
    const secret = this.secrets.get(email);
    if (secret === undefined) {
      this.secrets.set(email, await this.enrol(cookie, password));
      return cookie;
    }
    for (const ahead of CODES_TO_TRY) {
      const { status } = await this.withCookie(cookie, '/codes', { code: await codeNow(secret, ahead) });
      if (status === 200) return cookie;
    }
    throw new Error(`${email} has used every code of this minute`);
  }

  /** The same token, whose second factor was shown too long ago. */
  async aged(bearer: string): Promise<string> {
    const { keyId, privateKey } = this.keyring.signingKey('identity-token');
    const claims = { ...decodeJwt(bearer.slice('Bearer '.length)), second_factor_time: Math.floor(Date.now() / 1_000) - SECOND_FACTOR_FRESH_SECONDS - 60 };
    return `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: keyId }).sign(privateKey)}`;
  }

  /** One sign-in for all specs: a token outlives them. */
  operator(): Promise<string> {
    return (this.operatorBearer ??= this.bearerOf(OPERATOR));
  }

  command(path: string, authorization: string, body: object, key = uuidv7()): Promise<Answer> {
    return this.call(path, { body, headers: { authorization, 'idempotency-key': key } });
  }

  mailsTo(address: string): MailMessage[] {
    return this.left.mail.sent.filter(({ to }) => to === address);
  }

  /** What stands in the newest mail with a link to this address, once there are `count` of them. */
  async linkTo(address: string, count = 1): Promise<string> {
    const links = () => this.mailsTo(address).flatMap(({ text }) => /[?&]link=([\w.-]+)/.exec(text)?.slice(1) ?? []);
    await until(`${count} links are mailed to ${address}`, async () => links().length >= count);
    return links().at(-1)!;
  }

  /** Who was invited opens the mail and chooses a password. */
  async accept({ email, password }: Pick<Credentials, 'email' | 'password'>): Promise<void> {
    const answer = await this.call('/identity/passwords', { body: { link: await this.linkTo(email), password } });
    expect(answer).toMatchObject({ status: 201, body: { email } });
  }

  /** A member from the invitation to the password. */
  async join({ password, ...member }: Credentials & Readonly<{ organisationId: string; roles: readonly string[] }>): Promise<string> {
    const { status, body } = await this.command('/identity/members', await this.operator(), member);
    expect(status).toBe(201);
    await this.accept({ email: member.email, password });
    return String(body['userId']);
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
