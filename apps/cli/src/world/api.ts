// A caller of Méreau from outside: signs in as a person, exchanges the session for tokens, sends keys with commands, and enters a code
// of a second factor where one is asked for.
// The demo, the first seed and the journeys of the tests speak only through this, as any other client would.

import { authenticatorsInMemory, CODES_TO_TRY, codeNow, type Authenticators } from './authenticator.js';

export type ServiceName = 'issuance' | 'redemption' | 'settlement' | 'audit' | 'identity';
/** Where each service answers; in one process all are the same origin. */
export type Origins = Readonly<Record<ServiceName, string>>;

export const oneOrigin = (url: string): Origins =>
  ({ issuance: url, redemption: url, settlement: url, audit: url, identity: url });

export type Answer<T> = Readonly<{ status: number; body: T }>;

/** An answer that is not the one asked for, with the problem's code when there is one. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  constructor(readonly status: number, readonly code: string, readonly details: unknown, request: string) {
    super(`${request} answered ${status} ${code} ${JSON.stringify(details ?? null)}`);
  }
}

type Page<T> = Readonly<{ items: readonly T[]; nextCursor: string | null }>;
/** The most that a list answers at once. */
const PAGE_SIZE = 200;

// A token lives five minutes; it is exchanged anew a minute before.
const ASKED: ReadonlySet<string> = new Set(['second_factor_asked', 'second_factor_missing']);
const TOKEN_KEPT_MS = 240_000;

export type Credentials = Readonly<{ email: string; password: string; organisationId?: string }>;
export type Setting = Readonly<{
  origins: Origins;
  /** Where Idempotency-Keys come from. A play that must be resumable hands in the same ones again. */
  nextKey: () => string;
  /** Without it each person keeps their own, as long as they live. */
  authenticators?: Authenticators;
}>;

/** One person at one organisation. */
export class Person {
  private cookie = '';
  private entering?: Promise<void> | undefined;
  private token?: { text: Promise<string>; until: number } | undefined;

  readonly setting: Setting & Required<Pick<Setting, 'authenticators'>>;

  constructor(private readonly who: Credentials, setting: Setting) {
    this.setting = { ...setting, authenticators: setting.authenticators ?? authenticatorsInMemory() };
  }

  get email(): string {
    return this.who.email;
  }

  /** The same person at another installation that knows them. */
  at(origins: Origins): Person {
    return new Person(this.who, { ...this.setting, origins });
  }

  /** As whoever closes the browser: the next request signs in anew. */
  forgetSession(): void {
    this.cookie = '';
    this.token = undefined;
  }

  async get<T>(path: string): Promise<T> {
    return this.expect<T>(await this.send('GET', path), `GET ${path}`);
  }

  /** A command. `key` is drawn when none is given; give one to repeat a command. Throws ApiProblem on a refusal. */
  async post<T>(path: string, body: unknown = {}, key: string = this.setting.nextKey()): Promise<T> {
    return this.expect<T>(await this.tryPost(path, body, key), `POST ${path}`);
  }

  /** The same, for a caller who wants to see refusals. */
  tryPost(path: string, body: unknown = {}, key: string = this.setting.nextKey()): Promise<Answer<unknown>> {
    const xml = typeof body === 'string';
    return this.send('POST', path, {
      'content-type': xml ? 'application/xml' : 'application/json', 'idempotency-key': key,
    }, xml ? body : JSON.stringify(body));
  }

  /** A file as it is, on a route that takes one. Throws ApiProblem on a refusal. */
  async upload<T>(path: string, bytes: Uint8Array<ArrayBuffer>, mediaType: string): Promise<T> {
    const headers = { 'content-type': mediaType, 'idempotency-key': this.setting.nextKey() };
    return this.expect<T>(await this.send('POST', path, headers, bytes), `POST ${path}`);
  }

  /** A command whose answer is a file, read to its end. */
  async download(path: string, body: unknown): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of await this.stream(path, body)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** The same, for a file that need not be in memory as a whole. */
  async stream(path: string, body: unknown): Promise<AsyncIterable<Uint8Array>> {
    const key = this.setting.nextKey();
    const ask = async () => fetch(this.urlOf(path), {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': key, authorization: `Bearer ${await this.bearer()}` },
    });
    let response = await ask();
    let problem = response.ok ? undefined : await problemOf(response);
    if (problem?.code === 'second_factor_stale') {
      await this.enterCodeOnce();
      response = await ask();
      problem = response.ok ? undefined : await problemOf(response);
    }
    if (problem) throw new ApiProblem(response.status, problem.code ?? 'unexpected', problem.details, `POST ${path}`);
    return response.body!;
  }

  /** Every item of a list, page by page. `path` ends in its query, which may be empty: `…?`. */
  async list<T>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<T> = await this.get<Page<T>>(`${path}&limit=${PAGE_SIZE}${cursor && `&cursor=${cursor}`}`);
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    return found;
  }

  async text(path: string): Promise<string> {
    const response = await fetch(this.urlOf(path), { headers: { authorization: `Bearer ${await this.bearer()}` } });
    if (!response.ok) throw new ApiProblem(response.status, 'unexpected', undefined, `GET ${path}`);
    return response.text();
  }

  /** The token that proves who this is, for five minutes. Requests side by side wait for one sign-in. */
  async bearer(): Promise<string> {
    if (!this.token || performance.now() > this.token.until) {
      this.token = { text: this.exchange(), until: performance.now() + TOKEN_KEPT_MS };
      this.token.text.catch(() => { this.token = undefined; });
    }
    return this.token.text;
  }

  private async exchange(): Promise<string> {
    if (!this.cookie) await this.signIn();
    const asked = this.who.organisationId ? { organisationId: this.who.organisationId } : {};
    let answer = await this.toIdentity('/identity/tokens', asked);
    // Staff prove a second factor before they get any token; who has none yet begins one.
    if (ASKED.has((answer.body as { code?: string } | null)?.code ?? '')) {
      await this.proveSecondFactor();
      answer = await this.toIdentity('/identity/tokens', asked);
    }
    return this.expect<{ token: string }>(answer, 'POST /identity/tokens').token;
  }

  private async signIn(): Promise<void> {
    const response = await fetch(`${this.setting.origins.identity}/identity/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.setting.origins.identity },
      body: JSON.stringify({ email: this.who.email, password: this.who.password }),
    });
    if (!response.ok) throw new ApiProblem(response.status, 'sign_in_failed', await response.text(), 'POST /identity/auth/sign-in/email');
    this.cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]).join('; ');
  }

  private async send(
    method: string, path: string, headers: Record<string, string> = {}, body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<Answer<unknown>> {
    const ask = async () => read(await fetch(this.urlOf(path), {
      method, headers: { ...headers, authorization: `Bearer ${await this.bearer()}` }, ...(body !== undefined && { body }),
    }));
    const answer = await ask();
    if ((answer.body as { code?: string } | null)?.code !== 'second_factor_stale') return answer;
    await this.enterCodeOnce();
    return ask();
  }

  /** Requests side by side that are all asked for a code wait for one that is entered. */
  private enterCodeOnce(): Promise<void> {
    return (this.entering ??= this.enterCode().finally(() => { this.entering = undefined; }));
  }

  /** Begins a second factor where there is none yet. The next token tells of it. */
  private async enterCode(): Promise<void> {
    await this.proveSecondFactor();
    this.token = undefined;
  }

  private async proveSecondFactor(): Promise<void> {
    const known = this.setting.authenticators.secretOf(this.email);
    const secret = known ?? await this.beginSecondFactor();
    for (const ahead of CODES_TO_TRY) {
      const path = `/identity/second-factors/${known === undefined ? 'confirmations' : 'codes'}`;
      const answer = await this.toIdentity(path, { code: await codeNow(secret, ahead) });
      const { code } = (answer.body ?? {}) as { code?: string };
      // A play that was killed between keeping the secret and its first code.
      if (code === 'second_factor_missing') this.expect(await this.toIdentity('/identity/second-factors/confirmations', { code: await codeNow(secret, ahead) }), path);
      else if (code !== 'code_used') this.expect(answer, path);
      if (code !== 'code_used') break;
    }
  }

  private async beginSecondFactor(): Promise<string> {
    const begun = this.expect<{ secret: string }>(await this.toIdentity('/identity/second-factors', { password: this.who.password }), 'POST /identity/second-factors');
    this.setting.authenticators.keep(this.email, begun.secret);
    return begun.secret;
  }

  private async toIdentity(path: string, body: object): Promise<Answer<unknown>> {
    const { identity } = this.setting.origins;
    return read(await fetch(identity + path, {
      method: 'POST', headers: { cookie: this.cookie, 'content-type': 'application/json', origin: identity }, body: JSON.stringify(body),
    }));
  }

  private urlOf(path: string): string {
    const service = path.split('/')[1] as ServiceName;
    return `${this.setting.origins[service]}${path}`;
  }

  private expect<T>({ status, body }: Answer<unknown>, request: string): T {
    if (status < 300) return body as T;
    const problem = (body ?? {}) as { code?: string; details?: unknown; detail?: unknown };
    throw new ApiProblem(status, problem.code ?? 'unknown', problem.details ?? problem.detail, request);
  }
}

/** What an invited person does with the link of the mail. In a play that is resumed the link was used already, for the same password. */
export async function acceptInvitation(origins: Origins, accepted: Readonly<{ link: string; password: string }>): Promise<void> {
  const { identity } = origins;
  const { status, body } = await read(await fetch(`${identity}/identity/passwords`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: identity }, body: JSON.stringify(accepted),
  }));
  const { code = 'unknown', details } = (body ?? {}) as { code?: string; details?: unknown };
  if (status !== 201 && code !== 'link_over') throw new ApiProblem(status, code, details, 'POST /identity/passwords');
}

const problemOf = async (response: Response) => ((await read(response)).body ?? {}) as { code?: string; details?: unknown };

async function read(response: Response): Promise<Answer<unknown>> {
  const text = await response.text();
  try {
    return { status: response.status, body: text ? JSON.parse(text) as unknown : null };
  } catch {
    return { status: response.status, body: { code: 'no_json', details: text.slice(0, 200) } };
  }
}
