import { SignJWT } from 'jose';
import {
  claimsOf, KEY_TOKEN_AUDIENCE, KEY_TOKEN_TYPE, keyClaimsOf, REVOCATIONS_AUDIENCE, REVOCATIONS_LIFETIME_SECONDS, REVOCATIONS_TYPE,
  TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_LIFETIME_SECONDS, type Principal, type TokenOfKey,
} from '#libs/auth';
import type { Keyring } from '#libs/keys';

export type SignedToken = Readonly<{ token: string; expiresAt: string }>;

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
  async signKey(of: TokenOfKey, keyExpiresAt: Date): Promise<SignedToken> {
    const { keyId, privateKey } = this.keyring.signingKey('identity-token');
    const issuedAt = Math.floor(this.nowMs() / 1_000);
    const expiresAt = Math.min(issuedAt + TOKEN_LIFETIME_SECONDS, Math.floor(keyExpiresAt.getTime() / 1_000));
    const token = await new SignJWT(keyClaimsOf(of)).setProtectedHeader({ alg: TOKEN_ALGORITHM, kid: keyId, typ: KEY_TOKEN_TYPE })
      .setIssuer(TOKEN_ISSUER).setAudience(KEY_TOKEN_AUDIENCE).setIssuedAt(issuedAt).setExpirationTime(expiresAt).sign(privateKey);
    return { token, expiresAt: new Date(expiresAt * 1_000).toISOString() };
  }

  async sign(principal: Principal): Promise<SignedToken> {
    const { keyId, privateKey } = this.keyring.signingKey('identity-token');
    const issuedAt = Math.floor(this.nowMs() / 1_000);
    const expiresAt = issuedAt + TOKEN_LIFETIME_SECONDS;
    const token = await new SignJWT(claimsOf(principal)).setProtectedHeader({ alg: TOKEN_ALGORITHM, kid: keyId, typ: 'JWT' })
      .setIssuer(TOKEN_ISSUER).setAudience(TOKEN_AUDIENCE).setIssuedAt(issuedAt).setExpirationTime(expiresAt).sign(privateKey);
    return { token, expiresAt: new Date(expiresAt * 1_000).toISOString() };
  }
}
