// Asks the services. What comes back is either an answer of the expected shape or a reason that a page can show; a
// service that is away takes down its own part of a page and no more.
import type { z } from 'zod';
import { WebSettings, type ServiceName } from './settings.js';

/** Longer than a page should take; a person would rather see the rest of it. */
const TIMEOUT_MS = 5_000;
const FILE_TIMEOUT_MS = 60_000;

export type Problem = Readonly<{
  ok: false;
  status: number;
  code: string;
  details: Readonly<Record<string, unknown>>;
  errors: readonly FieldError[];
}>;
export type FieldError = Readonly<{ path: string; message: string }>;
export type Read<T> = Readonly<{ ok: true; value: T }> | Problem;

/** The token ended or was never good: whoever asked has to sign in again. */
export class NotSignedIn extends Error {
  override name = 'NotSignedIn';
}

export type Posted = Readonly<{
  body: unknown; key?: string; headers?: Readonly<Record<string, string>>;
  /** The very bytes that a device signed, in place of `body`. */
  signedBody?: string | undefined;
  /** A table, in place of `body`. */
  csv?: string;
}>;

/** As a person chose it in a form; `type` is what the service is told that it is. */
export type HandedFile = Readonly<{ bytes: Buffer; type: string; key: string }>;

export class Services {
  constructor(private readonly settings: WebSettings) {}

  /** Throws NotSignedIn; everything else that can go wrong is in the answer. */
  async get<Schema extends z.ZodType>(path: string, schema: Schema, bearer: string): Promise<Read<z.output<Schema>>> {
    return this.parsed(schema, path, await this.send(path, { headers: { authorization: `Bearer ${bearer}` } }));
  }

  /** What anybody may read, without a token. */
  async getPublic<Schema extends z.ZodType>(
    path: string, schema: Schema, headers: Posted['headers'] = {},
  ): Promise<Read<z.output<Schema>>> {
    return this.parsed(schema, path, await this.send(path, { headers }));
  }

  /** What anybody may ask or do, without a token. */
  async postPublic<Schema extends z.ZodType>(
    path: string, schema: Schema, { body, headers = {} }: Posted,
  ): Promise<Read<z.output<Schema>>> {
    const response = await this.send(path, { method: 'POST', body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } });
    return this.parsed(schema, path, response);
  }

  async post<Schema extends z.ZodType>(
    path: string, schema: Schema, bearer: string, { body, key, headers = {}, csv, signedBody = JSON.stringify(body) }: Posted,
  ): Promise<Read<z.output<Schema>>> {
    const response = await this.send(path, {
      method: 'POST', body: csv ?? signedBody,
      headers: {
        ...headers, authorization: `Bearer ${bearer}`, 'content-type': csv === undefined ? 'application/json' : 'text/csv; charset=utf-8',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
    });
    return this.parsed(schema, path, response);
  }

  /** A year of a busy account is booked in one transaction: it is waited for longer than a page is. */
  async postFile<Schema extends z.ZodType>(
    path: string, schema: Schema, bearer: string, { bytes, type, key }: HandedFile,
  ): Promise<Read<z.output<Schema>>> {
    const response = await this.send(path, {
      method: 'POST', body: new Uint8Array(bytes), signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
      headers: { authorization: `Bearer ${bearer}`, 'content-type': type, 'idempotency-key': key },
    });
    return this.parsed(schema, path, response);
  }

  /** A file that a service makes when it is asked to, as it is answered; or why it was not. */
  async postForFile(path: string, bearer: string, { body, key }: Readonly<{ body: object; key: string }>): Promise<Response | Problem> {
    const response = await this.pass(path, bearer, {
      method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
    if (!response) return away();
    return response.ok ? response : problemIn(response.status, await response.json().catch(() => undefined) as unknown);
  }

  /** To identity with the browser's own cookies, to read where there is no body; undefined when it is away. */
  async identity(path: string, { body, headers = {} }: Posted): Promise<Response | undefined> {
    if (body === undefined) return this.send(path, { headers });
    return this.send(path, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  /** As it is answered, for what a page only passes on; undefined when the service is away. Throws NotSignedIn. */
  async pass(path: string, bearer: string, request: RequestInit = {}): Promise<Response | undefined> {
    const response = await this.send(path, { ...request, headers: { ...request.headers, authorization: `Bearer ${bearer}` } });
    if (response?.status === 401) throw new NotSignedIn();
    return response;
  }

  private async send(path: string, request: RequestInit): Promise<Response | undefined> {
    const origin = this.settings.origins[path.split('/')[1] as ServiceName];
    try {
      return await fetch(origin + path, { ...request, redirect: 'error', signal: request.signal ?? AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      this.settings.log.warn({ err: error, route: path.split('?')[0] }, 'a service did not answer the pages');
      return undefined;
    }
  }

  private async parsed<Schema extends z.ZodType>(
    schema: Schema, path: string, response: Response | undefined,
  ): Promise<Read<z.output<Schema>>> {
    if (!response) return away();
    if (response.status === 401) throw new NotSignedIn();
    const body = await response.json().catch(() => undefined) as unknown;
    if (!response.ok) return problemIn(response.status, body);
    const { success, data, error } = schema.safeParse(body);
    if (success) return { ok: true, value: data };
    const paths = error.issues.map((issue) => issue.path.join('.'));
    this.settings.log.error({ route: path.split('?')[0], paths }, 'a service answered in another shape than the pages know');
    return away();
  }
}

/** Services count the questions of somebody without an account by where they sit, which only we can see. */
export const askedBy = ({ ip }: Readonly<{ ip: string }>): Readonly<Record<string, string>> => ({ 'x-forwarded-for': ip });

export const problemOf = (status: number, code: string): Problem => ({ ok: false, status, code, details: {}, errors: [] });

const away = (): Problem => problemOf(503, 'unavailable');

/** Nobody knows whether what was asked has happened. */
export const isOutage = (read: Read<unknown>): boolean => !read.ok && read.status >= 500;

function problemIn(status: number, body: unknown): Problem {
  const { code, details, errors } = (body ?? {}) as Partial<Problem>;
  return { ok: false, status, code: code ?? 'unavailable', details: details ?? {}, errors: errors ?? [] };
}
