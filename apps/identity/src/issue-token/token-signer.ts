import { SignJWT, type JWTPayload } from 'jose';
import {
  claimsOf, IMPERSONATION_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_TYPE, impersonationClaimsOf, KEY_TOKEN_AUDIENCE, KEY_TOKEN_TYPE,
  keyClaimsOf, REVOCATIONS_AUDIENCE, REVOCATIONS_LIFETIME_SECONDS, REVOCATIONS_TYPE,
  TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_LIFETIME_SECONDS, type Principal, type TokenOfImpersonation, type TokenOfKey,
} from '#libs/auth';
import type { Keyring } from '#libs/keys';

export type SignedToken = Readonly<{ token: string; expiresAt: string }>;

type Signing = Readonly<{ audience: string; typ: string; /** What the token must not outlive. */ until?: Date }>;

/** Identity alone holds the private key. Real time, not the clock of a simulation: who reads the token uses that too. */
export class TokenSigner {
  constructor(private readonly keyring: Keyring, private readonly nowMs: () => number = Date.now) {}

  publicKeys() {
    return this.keyring.jwks('identity-token');
  }

  async signRevocations(ids: readonly string[]): Promise<string> {
    const { keyId, privateKey } = this.keyring.signingKey('identity-token');
    const issuedAt = Math.floor(this.nowMs() / 1_000);
    return new SignJWT({ ids: [...ids] }).setProtectedHeader({ alg: TOKEN_ALGORITHM, kid: keyId, typ: REVOCATIONS_TYPE })
      .setIssuer(TOKEN_ISSUER).setAudience(REVOCATIONS_AUDIENCE).setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + REVOCATIONS_LIFETIME_SECONDS).sign(privateKey);
  }

  /** For a program: of another audience and type than a person's, and never longer than its key. */
  signKey(of: TokenOfKey, keyExpiresAt: Date): Promise<SignedToken> {
    return this.signed(keyClaimsOf(of), { audience: KEY_TOKEN_AUDIENCE, typ: KEY_TOKEN_TYPE, until: keyExpiresAt });
  }

  /** For somebody who looks as an organisation: of another audience and type, and never longer than that lasts. */
  signImpersonation(of: TokenOfImpersonation, until: Date): Promise<SignedToken> {
    return this.signed(impersonationClaimsOf(of), { audience: IMPERSONATION_TOKEN_AUDIENCE, typ: IMPERSONATION_TOKEN_TYPE, until });
  }

  sign(principal: Principal): Promise<SignedToken> {
    return this.signed(claimsOf(principal), { audience: TOKEN_AUDIENCE, typ: 'JWT' });
  }

  private async signed(claims: JWTPayload, { audience, typ, until }: Signing): Promise<SignedToken> {
    const { keyId, privateKey } = this.keyring.signingKey('identity-token');
    const issuedAt = Math.floor(this.nowMs() / 1_000);
    const full = issuedAt + TOKEN_LIFETIME_SECONDS;
    const expiresAt = until ? Math.min(full, Math.floor(until.getTime() / 1_000)) : full;
    const token = await new SignJWT(claims).setProtectedHeader({ alg: TOKEN_ALGORITHM, kid: keyId, typ })
      .setIssuer(TOKEN_ISSUER).setAudience(audience).setIssuedAt(issuedAt).setExpirationTime(expiresAt).sign(privateKey);
    return { token, expiresAt: new Date(expiresAt * 1_000).toISOString() };
  }
}
