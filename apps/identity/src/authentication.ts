// Passwords and sessions, by better-auth. Only what is called here is reachable: its own routes are not mounted, so that
// sign-up, account linking and the rest cannot be reached by knowing their address.
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import type { BetterAuthPlugin } from 'better-auth';
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, SESSION_SECONDS, USER_AGENT_LENGTH_MAX } from './limits.js';

export type SignedIn = Readonly<{ userId: string; name: string; email: string; sessionId: string; signedInAt: Date }>;
/** What goes back to the browser; undefined when address or password are wrong. */
export type SessionCookies = readonly string[];

type Engine = ReturnType<typeof makeEngine>;
export type AuthenticationSettings = Readonly<{
  pool: pg.Pool;
  baseUrl: string;
  secret: string;
  log: { error(fields: object, message: string): void };
  /** Told of each new session before its cookies leave, however it was opened. */
  opened: (userId: string) => Promise<void>;
}>;

/** The instants and ids of better-auth's tables, under the names that our SQL gives them. */
const times = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** How a session was opened otherwise than by a password: its tokens tell it. `with`: the use of the passkey. */
export type Opening = Readonly<{ by: 'link' }> | Readonly<{ by: 'passkey'; with: string }>;
const signedInUser = z.object({ user: z.object({ id: z.uuid() }) });
const openingBody = z.object({ userId: z.uuid(), openedBy: z.enum(['link', 'passkey']), openedWith: z.uuid().nullable() });

/** A session for somebody who has proved who they are otherwise: called here, and mounted nowhere. */
const openSession = {
  id: 'open-session',
  endpoints: {
    openSession: createAuthEndpoint('/open-session', { method: 'POST', body: openingBody, metadata: { SERVER_ONLY: true } }, async (context) => {
      const { internalAdapter } = context.context;
      const { userId, openedBy, openedWith } = context.body;
      const user = await internalAdapter.findUserById(userId);
      if (!user) return context.json({ opened: false });
      const session = await internalAdapter.createSession(user.id, false, { openedBy, openedWith }, true);
      await setSessionCookie(context, { session, user });
      return context.json({ opened: true });
    }),
  },
} satisfies BetterAuthPlugin;

function makeEngine({ pool, baseUrl, secret, log }: AuthenticationSettings) {
  return betterAuth({
    database: pool, baseURL: baseUrl, basePath: '/identity/auth', secret, telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({}, `better-auth: ${message}`) },
    user: { modelName: 'user', fields: { ...times, emailVerified: 'email_verified' } },
    session: {
      modelName: 'session', expiresIn: SESSION_SECONDS, disableSessionRefresh: true,
      fields: { ...times, userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent' },
      // Where nothing else is said it was a password, which better-auth looks at itself.
      additionalFields: {
        openedBy: { type: 'string', required: false, input: false, defaultValue: 'password', fieldName: 'opened_by' },
        openedWith: { type: 'string', required: false, input: false, fieldName: 'opened_with' },
      },
    },
    account: {
      modelName: 'credential',
      fields: {
        ...times, userId: 'user_id', accountId: 'account_id', providerId: 'provider_id', accessToken: 'access_token',
        refreshToken: 'refresh_token', idToken: 'id_token', accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'verification', fields: { ...times, expiresAt: 'expires_at' } },
    emailAndPassword: {
      enabled: true, disableSignUp: true, minPasswordLength: PASSWORD_LENGTH_MIN, maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    // Attempts are counted by `SignInAttempts`, which knows the account too.
    rateLimit: { enabled: false },
    plugins: [openSession],
    advanced: {
      cookiePrefix: 'mereau', defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
      useSecureCookies: baseUrl.startsWith('https:'), database: { generateId: () => uuidv7() },
      // The network address of a person is kept nowhere.
      ipAddress: { disableIpTracking: true },
    },
  });
}

/** By which its person knows a session again; nothing else of a request goes there. */
const agentOnly = (userAgent: string | undefined): Headers => new Headers(userAgent ? { 'user-agent': userAgent.slice(0, USER_AGENT_LENGTH_MAX) } : {});

export class Authentication {
  private readonly engine: Engine;

  constructor(private readonly settings: AuthenticationSettings) {
    this.engine = makeEngine(settings);
  }

  /** The cookies of a new session; undefined when the address or the password is wrong, without saying which. */
  async signIn(email: string, password: string, userAgent?: string): Promise<SessionCookies | undefined> {
    const response = await this.engine.api.signInEmail({ body: { email, password }, headers: agentOnly(userAgent), asResponse: true });
    if (response.ok) {
      await this.settings.opened(signedInUser.parse(await response.json()).user.id);
      return response.headers.getSetCookie();
    }
    if (response.status < 500) return undefined;
    throw new Error(`better-auth answered a sign-in with ${response.status}`);
  }

  /** For a person who has opened a link of theirs, or shown a passkey. */
  async open(userId: string, opening: Opening, userAgent?: string): Promise<SessionCookies> {
    const body = { userId, openedBy: opening.by, openedWith: opening.by === 'passkey' ? opening.with : null };
    const response = await this.engine.api.openSession({ body, headers: agentOnly(userAgent), asResponse: true });
    if (!response.ok) throw new Error(`better-auth answered the opening of a session with ${response.status}`);
    await this.settings.opened(userId);
    return response.headers.getSetCookie();
  }

  /** Ends the session of these cookies; the cookies that tell the browser so. */
  async signOut(cookie: string): Promise<SessionCookies> {
    const response = await this.engine.api.signOut({ headers: new Headers({ cookie }), asResponse: true });
    return response.headers.getSetCookie();
  }

  /** Who is signed in with these cookies; undefined when they are forged, ended or none of ours. */
  async session(cookie: string | undefined): Promise<SignedIn | undefined> {
    if (!cookie) return undefined;
    const found = await this.engine.api.getSession({ headers: new Headers({ cookie }) });
    if (!found) return undefined;
    const { user, session } = found;
    return { userId: user.id, name: user.name, email: user.email, sessionId: session.id, signedInAt: session.createdAt };
  }

  /** Is this the password of the person whose session these cookies are? Asked again before what a borrowed browser must not do. */
  async hasPassword(cookie: string, password: string): Promise<boolean> {
    const response = await this.engine.api.verifyPassword({ body: { password }, headers: new Headers({ cookie }), asResponse: true });
    if (response.status >= 500) throw new Error(`better-auth answered a password with ${response.status}`);
    return response.ok;
  }

  /** scrypt with a salt of its own, as better-auth reads it. Takes about a tenth of a second, so never in a transaction. */
  async hash(password: string): Promise<string> {
    const { password: passwords } = await this.engine.$context;
    return passwords.hash(password);
  }
}
