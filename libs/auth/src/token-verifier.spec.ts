// Tokens of our own make, of others, spoiled in each way that a token can be.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import {
  AuthRefused, claimsOf, IdentityUnavailable, IMPERSONATION_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_TYPE, impersonationClaimsOf,
  REMEMBERED_MAX, REMEMBERED_MS, TokenVerifier, TOKEN_LIFETIME_SECONDS, type Principal,
} from './index.js';

const NOW = 1_800_000_000;
const till: Principal = {
  userId: '11902c7b-5d2a-7c3e-9f00-0123456789ab', organisationId: '21902c7b-5d2a-7c3e-9f00-0123456789ab', organisationKind: 'place',
  partyId: '31902c7b-5d2a-7c3e-9f00-0123456789ab', roles: ['till'], name: 'Caisse 1', amr: ['pwd'], authTime: NOW - 60,
  secondFactorTime: null,
};

let ours: CryptoKey;
let theirs: CryptoKey;
let jwk: JWK;
beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  ours = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' };
  theirs = (await generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey;
});

type Spoiled = { claims?: object; issuer?: string; audience?: string; expires?: number; key?: CryptoKey; keyId?: string };
const token = ({ claims = {}, issuer = 'mereau', audience = 'mereau', expires = NOW + TOKEN_LIFETIME_SECONDS, key = ours, keyId = 'k1' }: Spoiled = {}) =>
  new SignJWT({ ...claimsOf(till), ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: keyId })
    .setIssuer(issuer).setAudience(audience).setIssuedAt(NOW).setExpirationTime(expires).sign(key);
/** A verifier that counts how often it had to look at a signature. */
const counting = (nowMs = () => NOW * 1_000) => {
  const local = createLocalJWKSet({ keys: [jwk] });
  const asked = { count: 0 };
  const verifier = new TokenVerifier((...given) => { asked.count += 1; return local(...given); }, nowMs);
  return { verifier, asked };
};
const refusal = (promise: Promise<unknown>) => promise.then(() => 'accepted', (error: unknown) => (error instanceof AuthRefused ? error.code : String(error)));

describe('a token', () => {
  it('of ours gives its principal', async () => {
    expect(await counting().verifier.verify(await token())).toEqual(till);
  });

  it.each<[string, Spoiled, string]>([
    ['from another issuer', { issuer: 'elsewhere' }, 'token_invalid'],
    ['for another audience', { audience: 'another-app' }, 'token_invalid'],
    ['signed by a stranger under our key id', { key: undefined, keyId: 'k1' }, 'token_invalid'],
    ['naming a key that we never had', { keyId: 'k2' }, 'token_invalid'],
    ['that ran out 6 seconds ago', { expires: NOW - 6 }, 'token_expired'],
    ['that ran out 4 seconds ago, by another clock', { expires: NOW - 4 }, 'accepted'],
    ['with a role that does not exist', { claims: { roles: ['root'] } }, 'token_invalid'],
    ['with a role of another kind of organisation', { claims: { roles: ['till', 'approver'] } }, 'token_invalid'],
    ['with no role', { claims: { roles: [] } }, 'token_invalid'],
    ['with an id that is no uuid', { claims: { org: '1 or 1=1' } }, 'token_invalid'],
  ])('%s is %s', async (name, spoiled, expected) => {
    const key = name.includes('stranger') ? theirs : ours;
    expect(await refusal(counting().verifier.verify(await token({ ...spoiled, key })))).toBe(expected);
  });

  it('without a signature, of another algorithm, cut or endless is invalid', async () => {
    const { verifier } = counting();
    const good = await token();
    const unsecured = new UnsecuredJWT(claimsOf(till)).setIssuer('mereau').setAudience('mereau').setExpirationTime(NOW + 60).encode();
    const shared = await new SignJWT(claimsOf(till)).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).setIssuer('mereau').setAudience('mereau')
      .setIssuedAt(NOW).setExpirationTime(NOW + 60).sign(new TextEncoder().encode(jwk.x));
    const altered = good.split('.').map((part, at) => (at === 1 ? Buffer.from(JSON.stringify({ ...claimsOf(till), roles: ['operator'], kind: 'operator' })).toString('base64url') : part)).join('.');
    for (const bad of [unsecured, shared, altered, good.slice(0, -2), '', 'a.b.c', 'x'.repeat(5_000)]) {
      expect(await refusal(verifier.verify(bad))).toBe('token_invalid');
    }
  });
});

describe('the token of who looks as an organisation', () => {
  const of = {
    impersonationId: '41902c7b-5d2a-7c3e-9f00-0123456789ab', userId: till.userId, name: 'A helper', organisationId: till.organisationId, organisationKind: 'place' as const,
    partyId: till.partyId!, roles: ['manager' as const], endsWith: ['41902c7b-5d2a-7c3e-9f00-0123456789ab'],
  };
  const looking = (claims: object, audience: string, typ: string) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ })
    .setIssuer('mereau').setAudience(audience).setIssuedAt(NOW).setExpirationTime(NOW + 60).sign(ours);

  it('tells who really asks, and shows no second factor', async () => {
    const token = await looking(impersonationClaimsOf(of), IMPERSONATION_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_TYPE);
    expect(await counting().verifier.verify(token)).toEqual({
      userId: of.userId, organisationId: of.organisationId, organisationKind: 'place', partyId: of.partyId, roles: ['manager'], name: 'A helper', amr: ['impersonation'],
      authTime: NOW, secondFactorTime: null, endsWith: of.endsWith, impersonation: { impersonationId: of.impersonationId },
    });
  });

  it('is never read as a person\'s, nor the other way round, and is of no operator and no auditor', async () => {
    const claims = impersonationClaimsOf(of);
    for (const token of [
      looking(claims, IMPERSONATION_TOKEN_AUDIENCE, 'JWT'), looking(claims, 'mereau', IMPERSONATION_TOKEN_TYPE), looking(claimsOf(till), 'mereau', IMPERSONATION_TOKEN_TYPE),
      looking(claimsOf(till), IMPERSONATION_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_TYPE), looking(claims, 'mereau-keys', 'key+jwt'),
      looking({ ...claims, kind: 'operator', roles: ['operator'] }, IMPERSONATION_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_TYPE),
      looking({ ...claims, kind: 'auditor', roles: ['auditor'] }, IMPERSONATION_TOKEN_AUDIENCE, IMPERSONATION_TOKEN_TYPE),
    ]) expect(await refusal(counting().verifier.verify(await token))).toBe('token_invalid');
  });
});

describe('a token that was found good', () => {
  it('is not checked again for a minute', async () => {
    let seconds = NOW;
    const { verifier, asked } = counting(() => seconds * 1_000);
    const good = await token();
    await verifier.verify(good);
    seconds += REMEMBERED_MS / 1_000 - 1;
    await verifier.verify(good);
    expect(asked.count).toBe(1);
    seconds += 1;
    await verifier.verify(good);
    expect(asked.count).toBe(2);
  });

  it('is not remembered beyond its own end', async () => {
    let seconds = NOW;
    const { verifier } = counting(() => seconds * 1_000);
    const short = await token({ expires: NOW + 10 });
    await verifier.verify(short);
    seconds = NOW + 16;
    expect(await refusal(verifier.verify(short))).toBe('token_expired');
  });

  it('is forgotten when too many others came, so that memory has a bound', async () => {
    const { verifier, asked } = counting();
    const remember = (verifier as unknown as { remember(key: string, entry: object): void }).remember.bind(verifier);
    const first = await token();
    await verifier.verify(first);
    for (let count = 0; count < REMEMBERED_MAX; count += 1) remember(`x${count}`, { principal: till, untilMs: Number.POSITIVE_INFINITY });
    expect(verifier.rememberedCount).toBe(REMEMBERED_MAX);
    await verifier.verify(first);
    expect(asked.count).toBe(2);
  });

  it('says nothing about a bad one: refusals are not remembered', async () => {
    const { verifier } = counting();
    await refusal(verifier.verify(await token({ audience: 'other' })));
    expect(verifier.rememberedCount).toBe(0);
  });
});

describe('keys by URL', () => {
  const serve = async (status: number, body: unknown) => {
    let asked = 0;
    const server = createServer((_, response) => { asked += 1; response.writeHead(status).end(JSON.stringify(body)); }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked, close: () => server.close() };
  };
  /** Real time: the key set has no clock to hand in. */
  const fresh = () => new SignJWT({ ...claimsOf(till) }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).setIssuer('mereau').setAudience('mereau')
    .setIssuedAt().setExpirationTime('5m').sign(ours);

  it('are fetched once', async () => {
    const identity = await serve(200, { keys: [jwk] });
    const verifier = TokenVerifier.of(identity.url);
    await verifier.verify(await fresh());
    await verifier.verify(`${await new SignJWT({ ...claimsOf(till), name: 'Caisse 2' }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).setIssuer('mereau')
      .setAudience('mereau').setIssuedAt().setExpirationTime('5m').sign(ours)}`);
    expect(identity.asked()).toBe(1);
    identity.close();
  });

  it.each<[string, number, unknown]>([['an error', 500, {}], ['something else', 200, { hello: 1 }]])(
    'that answer %s are an outage, not a bad token', async (_, status, body) => {
      const identity = await serve(status, body);
      await expect(TokenVerifier.of(identity.url).verify(await fresh())).rejects.toThrow(IdentityUnavailable);
      identity.close();
    });

  it('that cannot be reached are an outage', async () => {
    const gone = await serve(200, {});
    gone.close();
    await expect(TokenVerifier.of(gone.url).verify(await fresh())).rejects.toThrow(IdentityUnavailable);
  });
});
