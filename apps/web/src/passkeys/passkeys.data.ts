// Identity's passkeys as the pages ask for them: with the cookie of the sign-in, or at the door without one.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sessionCookies } from '../cookies.js';
import { NotSignedIn, Services } from '../services.js';
import { IdentityAway, Sessions } from '../sessions.js';

const listShape = z.object({
  items: z.array(z.object({ passkeyId: z.string(), name: z.string(), addedAt: z.string(), usedAt: z.string().nullable() })),
});
/** What the device is asked is passed on as it is. */
export const optionsShape = z.record(z.string(), z.unknown());
const doneShape = z.object({});
const problemShape = z.object({ code: z.string() });

export type Passkey = z.output<typeof listShape>['items'][number];
export type Options = z.output<typeof optionsShape>;
export type RefusedPasskey = Readonly<{ refused: string; status: number }>;
export const isRefusedPasskey = (outcome: object): outcome is RefusedPasskey => 'refused' in outcome && 'status' in outcome;

/** Throws NotSignedIn, and IdentityAway where nobody knows whether it was done. */
export class Passkeys {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  async list(request: FastifyRequest): Promise<readonly Passkey[]> {
    const list = await this.ask(request, '/passkeys', undefined, listShape);
    if (isRefusedPasskey(list)) throw new IdentityAway();
    return list.items;
  }

  begin = (request: FastifyRequest, password: string) => this.ask(request, '/passkeys/challenges', { password }, optionsShape);

  add = (request: FastifyRequest, name: string, credential: unknown) => this.ask(request, '/passkeys', { name, credential }, doneShape);

  name = (request: FastifyRequest, passkeyId: string, name: string) => this.ask(request, '/passkeys/names', { passkeyId, name }, doneShape);

  end = (request: FastifyRequest, passkeyId: string) => this.ask(request, '/passkeys/endings', { passkeyId }, doneShape);

  challenge = (request: FastifyRequest) => this.ask(request, '/second-factors/passkey-challenges', {}, optionsShape);

  prove = (request: FastifyRequest, credential: unknown) => this.ask(request, '/second-factors/passkeys', { credential }, doneShape);

  doorChallenge = (request: FastifyRequest) => this.ask(request, '/auth/passkey-challenges', {}, optionsShape);

  /** As it is answered: its cookies are passed on. */
  async signIn({ headers, ip }: FastifyRequest, credential: unknown): Promise<Response> {
    // Identity counts attempts by where the person sits, which only we can see.
    const from = { 'x-forwarded-for': ip, 'user-agent': headers['user-agent'] ?? '' };
    const response = await this.services.identity('/identity/auth/sign-in/passkey', { body: { credential }, headers: from });
    if (!response || response.status >= 500) throw new IdentityAway();
    return response;
  }

  private async ask<Schema extends z.ZodType<object>>(
    { headers, ip }: FastifyRequest, path: string, body: object | undefined, schema: Schema,
  ): Promise<z.output<Schema> | RefusedPasskey> {
    const asked = { cookie: sessionCookies(headers.cookie), 'x-forwarded-for': ip };
    const response = await this.services.identity(`/identity${path}`, { body, headers: asked });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (response.status === 401) throw new NotSignedIn();
    const answer: unknown = await response.json();
    if (!response.ok) return { refused: problemShape.parse(answer).code, status: response.status };
    // Tokens that are kept for this browser say nothing of what was shown, or ended, just now.
    if (body) this.sessions.forget(headers.cookie);
    return schema.parse(answer);
  }
}
