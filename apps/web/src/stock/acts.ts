// What every form of a distributor does: it is ours, it is sent with the key that was drawn with it, and a refusal comes back
// in words with all that was typed.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { assertSameOrigin } from '../same-origin.js';
import { Services, type Problem, type Read } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { seeOther } from '../page-answer.js';
import { visitOf, type SignedInVisit } from '../visit.js';

export const BATCH_ID = z.string().regex(/^bat_[0-9a-f-]{36}$/);
/** As it was typed: what it may be is said beside the field, never as a page of its own. */
export const typed = z.string().trim().max(100).default('');

/** The booklets from one number to another, as they were typed; undefined where they are none. */
export function bookletsTyped(first: string, last: string): Readonly<{ first: number; last: number }> | undefined {
  const [from, to] = [first, last === '' ? first : last].map((text) => (/^\d{1,7}$/.test(text) ? Number(text) : NaN)) as [number, number];
  return from >= 1 && to >= from ? { first: from, last: to } : undefined;
}

type Act = Readonly<{ path: string; body: object; key: string; then: string; refused: (problem: Problem) => Promise<void> }>;

export class Acts {
  constructor(readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  async visit(request: FastifyRequest, path: string): Promise<SignedInVisit> {
    return { ...visitOf(request), path, person: await this.sessions.person(request) };
  }

  /** Throws Problem `origin_foreign`. */
  formVisit(request: FastifyRequest, path: string): Promise<SignedInVisit> {
    assertSameOrigin(request, this.settings.baseUrl);
    return this.visit(request, path);
  }

  post<Schema extends z.ZodType>(
    { person }: SignedInVisit, path: string, schema: Schema, { body, key }: Readonly<{ body: object; key: string }>,
  ): Promise<Read<z.output<Schema>>> {
    return this.services.post(path, schema, person.bearer, { body, key });
  }

  async act(visit: SignedInVisit, reply: FastifyReply, { path, body, key, then, refused }: Act): Promise<void> {
    const done = await this.post(visit, path, z.unknown(), { body, key });
    if (done.ok) return seeOther(reply, then);
    await refused(done);
  }
}
