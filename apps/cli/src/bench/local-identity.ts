// Identity as a service sees it, without identity: a page with public keys, and tokens that they verify.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { claimsOf, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_LIFETIME_SECONDS, type Principal } from '#libs/auth';
import type { Keyring } from '#libs/keys';

export type LocalIdentity = Readonly<{ url: string; tokenFor(principal: Principal): Promise<string>; close(): Promise<void> }>;

/** The keyring must hold the key that signs tokens. */
export async function startLocalIdentity(keyring: Keyring): Promise<LocalIdentity> {
  const server = createServer(({ url }, response) => {
    // Nothing ends here before its time.
    if (url !== '/identity/jwks.json') return void response.writeHead(404).end();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(keyring.jwks('identity-token')));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { keyId, privateKey } = keyring.signingKey('identity-token');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokenFor: (principal) => new SignJWT(claimsOf(principal))
      .setProtectedHeader({ alg: TOKEN_ALGORITHM, kid: keyId }).setIssuer(TOKEN_ISSUER).setAudience(TOKEN_AUDIENCE)
      .setIssuedAt().setExpirationTime(`${TOKEN_LIFETIME_SECONDS}s`).sign(privateKey),
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}
