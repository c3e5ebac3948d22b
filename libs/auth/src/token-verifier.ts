// Turns a bearer token into a principal, without asking identity: its public keys are fetched once and kept. A token
// that was found good is remembered for a while, because a till sends the same one with every redemption.
import { hash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { AuthRefused, IdentityUnavailable } from './auth-refused.js';
import { principalOf, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './claims.js';
import { IMPERSONATION_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_TYPE, impersonationPrincipalOf } from './impersonation-claims.js';
import { KEY_TOKEN_AUDIENCE, KEY_TOKEN_TYPE, keyPrincipalOf } from './key-claims.js';
import { KeyRates } from './key-rates.js';
import type { Principal } from './principal.js';
import { Revocations } from './revocations.js';

export const REMEMBERED_MS = 60_000;
export const REMEMBERED_MAX = 10_000;
/** Two servers' clocks may differ by this much. */
export const CLOCK_TOLERANCE_SECONDS = 5;
/** A token is at most 2 kB; a longer header is not worth a signature check. */
const TOKEN_LENGTH_MAX = 4_096;
const KEYS_TIMEOUT_MS = 3_000;

type Remembered = Readonly<{ principal: Principal; untilMs: number }>;

/** Identity's public keys, fetched when first needed, again after ten minutes or when a token names a new one. */
export const keysOfIdentity = (identityUrl: string): JWTVerifyGetKey => createRemoteJWKSet(
  new URL('/identity/jwks.json', identityUrl), { timeoutDuration: KEYS_TIMEOUT_MS, cacheMaxAge: 600_000, cooldownDuration: 10_000 });

export class TokenVerifier {
  // Insertion order is age, so the first key is the one to drop when the bound is reached.
  private readonly remembered = new Map<string, Remembered>();
  /** Beside the tokens, because every door that reads one asks a verifier. */
  readonly keyRates = new KeyRates();

  constructor(
    private readonly keys: JWTVerifyGetKey, private readonly nowMs: () => number = Date.now, private readonly revocations?: Revocations,
  ) {}

  static of(identityUrl: string): TokenVerifier {
    const keys = keysOfIdentity(identityUrl);
    return new TokenVerifier(keys, Date.now, Revocations.of(identityUrl, keys));
  }

  /** Throws AuthRefused for a bad token and IdentityUnavailable when the keys cannot be had. */
  async verify(bearer: string): Promise<Principal> {
    const principal = await this.good(bearer);
    // Of one that is remembered too: what it stands on may have ended since.
    if (principal.endsWith && await this.revocations?.name(principal.endsWith)) throw new AuthRefused('token_revoked');
    return principal;
  }

  private async good(bearer: string): Promise<Principal> {
    if (bearer.length > TOKEN_LENGTH_MAX) throw new AuthRefused('token_invalid');
    const now = this.nowMs();
    // Kept by hash: a dump of the process must not hold tokens that still work.
    const fingerprint = hash('sha256', bearer, 'base64url');
    const known = this.remembered.get(fingerprint);
    if (known && now < known.untilMs) return known.principal;
    this.remembered.delete(fingerprint);
    const { principal, expiresMs } = await this.check(bearer, now);
    this.remember(fingerprint, { principal, untilMs: Math.min(now + REMEMBERED_MS, expiresMs) });
    return principal;
  }

  get rememberedCount(): number {
    return this.remembered.size;
  }

  private async check(bearer: string, now: number): Promise<{ principal: Principal; expiresMs: number }> {
    const { payload, protectedHeader } = await jwtVerify(bearer, this.keys, {
      algorithms: [TOKEN_ALGORITHM], issuer: TOKEN_ISSUER, audience: [TOKEN_AUDIENCE, KEY_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_AUDIENCE],
      clockTolerance: CLOCK_TOLERANCE_SECONDS, currentDate: new Date(now), requiredClaims: ['exp', 'iat', 'sub'],
    }).catch((error: unknown) => { throw refusedFor(error); });
    const principal = principalIn(payload, protectedHeader.typ);
    if (!principal) throw new AuthRefused('token_invalid');
    return { principal, expiresMs: payload.exp! * 1_000 };
  }

  private remember(fingerprint: string, entry: Remembered): void {
    if (this.remembered.size >= REMEMBERED_MAX) {
      const oldest = this.remembered.keys().next().value;
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    this.remembered.set(fingerprint, entry);
  }
}

/** A person's, a key's or an impersonation's, by audience and type together: none is ever read as another. */
function principalIn(payload: JWTPayload, type: string | undefined): Principal | undefined {
  if (payload.aud === KEY_TOKEN_AUDIENCE) return type === KEY_TOKEN_TYPE ? keyPrincipalOf(payload, payload.iat!) : undefined;
  if (payload.aud === IMPERSONATION_TOKEN_AUDIENCE) {
    return type === IMPERSONATION_TOKEN_TYPE ? impersonationPrincipalOf(payload, payload.iat!) : undefined;
  }
  const isOther = type === KEY_TOKEN_TYPE || type === IMPERSONATION_TOKEN_TYPE;
  return payload.aud === TOKEN_AUDIENCE && !isOther ? principalOf(payload) : undefined;
}

function refusedFor(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new AuthRefused('token_expired');
  // Answers that are no key set and calls that fail say nothing about the token.
  const outage = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid
    || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
  return outage ? new IdentityUnavailable('the keys of identity cannot be had', { cause: error }) : new AuthRefused('token_invalid');
}
