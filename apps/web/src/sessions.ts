// Who is looking at a page: the browser's cookie, exchanged at identity for a token that the services take. The token is
// kept until shortly before its end, so that a page with six questions asks identity once.
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cookieIn, sessionCookies } from './cookies.js';
import { impersonationIn } from './impersonations/impersonation-cookie.js';
import { NotSignedIn, Services } from './services.js';

export const ORGANISATION_COOKIE = 'mereau.organisation';
const KEPT_MAX = 5_000;
/** A token must outlive the page that is being made with it. */
const SPARE_MS = 60_000;

const membership = z.object({
  organisationId: z.string(), kind: z.enum(['payer', 'place', 'distributor', 'operator', 'auditor']), name: z.string(), partyId: z.string().nullable(), roles: z.array(z.string()),
});
const impersonated = z.object({ token: z.string(), expiresAt: z.string(), name: z.string(), membership, until: z.string() });
const issued = z.object({ token: z.string(), expiresAt: z.string(), name: z.string(), membership, memberships: z.array(membership) });

export type Membership = z.output<typeof membership>;
export type Person = Readonly<{ bearer: string; name: string; organisation: Membership; memberships: readonly Membership[];
  /** Somebody of the operator who looks as this organisation, and changes nothing. */
  impersonation?: Readonly<{ untilMs: number }>;
}>;
type Kept = Readonly<{ person: Person; untilMs: number }>;

/** Signed in, but identity is away: the page can say so instead of asking for a password. */
export class IdentityAway extends Error {
  override name = 'IdentityAway';
}
/** Signed in, but a member of no organisation. */
export class NoOrganisation extends Error {
  override name = 'NoOrganisation';
}

/** Who looks as an organisation sent a form: nothing of it was done. */
export class ReadsOnly extends Error {
  override name = 'ReadsOnly';
}
/** Signed in by a password alone, and staff: nothing is shown before a second factor. */
export class SecondFactorAsked extends Error {
  override name = 'SecondFactorAsked';
}
const ASKS_SECOND_FACTOR: ReadonlySet<unknown> = new Set(['second_factor_asked', 'second_factor_missing']);

export class Sessions {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly services: Services) {}

  /** Throws NotSignedIn, SecondFactorAsked, NoOrganisation or IdentityAway. */
  async person({ headers }: Pick<FastifyRequest, 'headers'>): Promise<Person> {
    const cookie = sessionCookies(headers.cookie);
    if (!cookie) throw new NotSignedIn();
    const wish = cookieIn(headers.cookie, ORGANISATION_COOKIE);
    const looks = impersonationIn(headers.cookie);
    const name = `${digestOf(cookie)} ${digestOf(looks?.impersonationId ?? wish ?? '')}`;
    const known = this.kept.get(name);
    if (known && Date.now() < known.untilMs) return known.person;
    const { person, expiresAt } = (looks && await this.look(cookie, looks.impersonationId)) ?? await this.exchange(cookie, wish);
    this.keep(name, { person, untilMs: Date.parse(expiresAt) - SPARE_MS });
    return person;
  }

  /** What was kept for this browser, whichever organisation it was for, is worth nothing after it signed out. */
  forget(cookieHeader: string | undefined): void {
    const session = `${digestOf(sessionCookies(cookieHeader))} `;
    for (const name of this.kept.keys()) if (name.startsWith(session)) this.kept.delete(name);
  }

  /** Undefined where it has ended: the person is themselves again. */
  private async look(cookie: string, impersonationId: string): Promise<{ person: Person; expiresAt: string } | undefined> {
    const response = await this.services.identity('/identity/impersonations/tokens', { body: { impersonationId }, headers: { cookie } });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (!response.ok) return undefined;
    const { token, expiresAt, name, membership: organisation, until } = impersonated.parse(await response.json());
    return { person: { bearer: token, name, organisation, memberships: [organisation], impersonation: { untilMs: Date.parse(until) } },
      expiresAt };
  }

  private async exchange(cookie: string, wish: string | undefined): Promise<{ person: Person; expiresAt: string }> {
    const response = await this.services.identity('/identity/tokens', { body: wish ? { organisationId: wish } : {}, headers: { cookie } });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (!response.ok) {
      const { code } = await response.clone().json().catch(() => ({})) as { code?: string };
      if (ASKS_SECOND_FACTOR.has(code)) throw new SecondFactorAsked();
    }
    // The organisation that was chosen before may be gone, or the cookie spoiled: the person still is who they are.
    if (wish !== undefined && (response.status === 403 || response.status === 400)) return this.exchange(cookie, undefined);
    if (response.status === 403) throw new NoOrganisation();
    if (!response.ok) throw new NotSignedIn();
    const { token, expiresAt, name, membership: organisation, memberships } = issued.parse(await response.json());
    return { person: { bearer: token, name, organisation, memberships }, expiresAt };
  }

  private keep(name: string, entry: Kept): void {
    const oldest = this.kept.size >= KEPT_MAX ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(name, entry);
  }
}

/** The cookie itself is nobody's business here, and what a browser sends may be long. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
