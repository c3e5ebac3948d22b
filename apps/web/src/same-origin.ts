// A form may only be posted by our own pages. The session cookie is SameSite=Strict already; this is the second lock, and
// it also holds for the sign-in form, which has no session yet.
import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/http';

/** Throws Problem `origin_foreign`. A browser says truly where a form came from; what says nothing is no browser of today. */
export function assertSameOrigin({ headers }: Pick<FastifyRequest, 'headers'>, baseUrl: string): void {
  const { origin, host } = headers;
  if (typeof origin === 'string') {
    if (origin === new URL(baseUrl).origin || hostOf(origin) === host) return;
  } else if (headers['sec-fetch-site'] === 'same-origin') return;
  throw new Problem('origin_foreign');
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
