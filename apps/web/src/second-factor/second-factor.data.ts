// Identity's second factor as the pages ask for it: with the cookie of the sign-in that a code counts for.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sessionCookies } from '../cookies.js';
import { NotSignedIn, Services } from '../services.js';
import { IdentityAway, Sessions } from '../sessions.js';

const stateShape = z.object({ state: z.enum(['none', 'begun', 'in_force']), recoveryCodesLeft: z.int().nullable(), passkeys: z.int().default(0) });
const enrolmentShape = z.object({ uri: z.string(), secret: z.string() });
const sheetShape = z.object({ recoveryCodes: z.array(z.string()) });
const usedShape = z.object({ recoveryCodesLeft: z.int() });
const problemShape = z.object({ code: z.string() });

export type SecondFactorState = z.output<typeof stateShape>;
export type Enrolment = z.output<typeof enrolmentShape>;
type Refused = Readonly<{ refused: string }>;
export const isRefused = (outcome: object): outcome is Refused => 'refused' in outcome;

/** Throws NotSignedIn, and IdentityAway where nobody knows whether it was done. */
export class SecondFactors {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  async state(request: FastifyRequest): Promise<SecondFactorState> {
    const state = await this.ask(request, '', undefined, stateShape);
    if (isRefused(state)) throw new IdentityAway();
    return state;
  }

  begin = (request: FastifyRequest, password: string): Promise<Enrolment | Refused> => this.ask(request, '', { password }, enrolmentShape);

  confirm = (request: FastifyRequest, code: string) => this.ask(request, '/confirmations', { code }, sheetShape);

  /** What has not the form of a code is a wrong one: beside a form, `request_malformed` would speak of its other fields. */
  async enter(request: FastifyRequest, code: string): Promise<z.output<typeof usedShape> | Refused> {
    const entered = await this.ask(request, '/codes', { code }, usedShape);
    return isRefused(entered) && entered.refused === 'request_malformed' ? { refused: 'code_wrong' } : entered;
  }

  private async ask<Schema extends z.ZodType<object>>(
    { headers, ip }: FastifyRequest, path: string, body: object | undefined, schema: Schema,
  ): Promise<z.output<Schema> | Refused> {
    const asked = { cookie: sessionCookies(headers.cookie), 'x-forwarded-for': ip };
    const response = await this.services.identity(`/identity/second-factors${path}`, { body, headers: asked });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (response.status === 401) throw new NotSignedIn();
    const answer: unknown = await response.json();
    if (!response.ok) return { refused: problemShape.parse(answer).code };
    // Tokens that are kept for this browser say nothing of what was entered just now.
    if (body) this.sessions.forget(headers.cookie);
    return schema.parse(answer);
  }
}
