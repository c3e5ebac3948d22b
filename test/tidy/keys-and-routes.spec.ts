// Every route that the reference knows, asked by a key that has every scope but the route's own: refused at the door, before anything is
// read. The routes are those of the platform as it is put together, so that a new one is asked too.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { settingsOf } from '../../apps/cli/src/generate/references.js';
import { assemblePlatform } from '../../apps/platform/src/platform.js';
import { KEY_SCOPES, KeyRates, ROLES, SCOPE_RULES, TokenVerifier, type KeyScope, type Principal } from '#libs/auth';
import { assertKeyScope, buildOpenApi } from '#libs/http';
import { SCHEMAS } from '#libs/persistence';
import { lifecycleToken, type Lifecycle } from '#libs/service';

type Operation = Readonly<{ 'x-who'?: 'anyone' | string[]; 'x-key-scope'?: KeyScope; 'x-looks-up'?: true; 'x-second-factor'?: string; parameters?: { name: string }[] }>;
type Route = Readonly<{ method: 'GET' | 'POST'; path: string; operation: Operation }>;

const ID = '01902c7b-5d2a-7c3e-9f00-0123456789ab';
/** With every role and a fresh second factor, which no key has: nothing but its scopes may keep it out. */
const holderOf = (scopes: readonly KeyScope[]): Principal => ({
  userId: ID, organisationId: ID, organisationKind: 'place', partyId: ID, roles: ROLES, name: 'A program', amr: ['key'], authTime: 1,
  secondFactorTime: Math.floor(Date.now() / 1_000), key: { keyId: ID, scopes },
});
/** Somebody of the operator who looks as an organisation, likewise with everything that they never have. */
const LOOKING: Principal = { ...holderOf([]), key: undefined, impersonation: { impersonationId: ID } };
const verify = async (token: string): Promise<Principal> => (token === 'looking' ? LOOKING : holderOf(token.split('_').map((at) => KEY_SCOPES[Number(at)]!)));
const tokenFor = (scopes: readonly KeyScope[]): string => scopes.map((scope) => KEY_SCOPES.indexOf(scope)).join('_');

let dataDir: string;
let app: NestFastifyApplication;
let routes: readonly Route[];
beforeAll(async () => {
  dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-keys-'));
  const rates = { count: () => undefined } as unknown as KeyRates;
  app = await assemblePlatform(settingsOf(dataDir), { verify, keyRates: rates } as unknown as TokenVerifier);
  // The till's route asks a verifier of its own.
  Object.assign(app.get(TokenVerifier, { strict: false }), { verify, keyRates: rates });
  const { paths } = buildOpenApi(app) as unknown as { paths: Record<string, Record<string, Operation>> };
  routes = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods)
    .map(([method, operation]) => ({ method: method.toUpperCase() as 'GET', path, operation }))
    .filter(({ operation }) => operation['x-who'] !== undefined && operation['x-who'] !== 'anyone'));
  await app.init();
}, 60_000);
afterAll(async () => {
  // Nothing was started; what is stopped are the pools that the requests opened.
  for (const service of SCHEMAS) await app?.get<Lifecycle>(lifecycleToken(service), { strict: false }).stop();
  await app?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const codeOf = (route: Route, scopes: readonly KeyScope[]): Promise<unknown> => codeFor(route, tokenFor(scopes));

async function codeFor({ method, path }: Route, token: string): Promise<unknown> {
  const response = await app.inject({ method, url: path.replaceAll(/\{\w+\}/g, ID), headers: { authorization: `Bearer ${token}` } });
  return response.headers['content-type']?.toString().includes('json') ? (response.json() as { code?: string }).code : response.statusCode;
}

describe('a key', () => {
  it('is refused by every route whose scope it has not', async () => {
    const open: string[] = [];
    for (const route of routes) {
      const others = KEY_SCOPES.filter((scope) => scope !== route.operation['x-key-scope']);
      const code = await codeOf(route, others);
      if (code !== 'key_scope_missing') open.push(`${route.method} ${route.path} ${String(code)}`);
    }
    expect(routes.length).toBeGreaterThan(200);
    expect(open).toEqual([]);
  }, 60_000);

  it('reaches these and no other, each by its own scope', async () => {
    const reached = routes.filter(({ operation }) => operation['x-key-scope']);
    expect(reached.map(({ method, path, operation }) => `${operation['x-key-scope']} ${method} ${path}`).sort()).toEqual(REACHED);
    for (const route of reached) expect(await codeOf(route, [route.operation['x-key-scope']!])).not.toBe('key_scope_missing');
  }, 60_000);

  it('changes nothing but by redeeming, and is let in nowhere that asks for a fresh code', () => {
    const reached = routes.filter(({ operation }) => operation['x-key-scope']);
    expect(reached.filter(({ method }) => method !== 'GET').map(({ path }) => path)).toEqual(['/redemption/redemptions']);
    expect(reached.filter(({ operation }) => operation['x-second-factor'])).toEqual([]);
    const said = { summary: 'x', who: ['payer'], keyScope: 'orders.read' } as const;
    expect(() => assertKeyScope({ ...said, freshSecondFactor: true })).toThrow(/fresh second factor/);
    expect(() => assertKeyScope({ ...said, who: ['till'] })).toThrow(/role of orders.read/);
  });

  it('is of a payer, a place or a distributor', () => {
    expect([...new Set(Object.values(SCOPE_RULES).map(({ kind }) => kind))].sort()).toEqual(['distributor', 'payer', 'place']);
  });
});

describe('somebody who looks as an organisation', () => {
  const writes = () => routes.filter(({ method }) => method !== 'GET');

  it('is refused by every route of every service that may write, before anything is read', async () => {
    const open: string[] = [];
    for (const route of writes().filter(({ operation }) => !operation['x-looks-up'])) {
      const code = await codeFor(route, 'looking');
      if (code !== 'impersonation_reads_only') open.push(`${route.method} ${route.path} ${String(code)}`);
    }
    expect(writes().length).toBeGreaterThan(100);
    expect(open).toEqual([]);
  }, 60_000);

  it('asks these by POST and no other, for they keep nothing', async () => {
    const lookUps = writes().filter(({ operation }) => operation['x-looks-up']);
    expect(lookUps.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(LOOK_UPS);
    for (const route of lookUps) expect(await codeFor(route, 'looking')).not.toBe('impersonation_reads_only');
  }, 60_000);
});

/** Not the check of a code, which is counted, nor the trial of a list, which names people: nobody helps by those. */
const LOOK_UPS = ['POST /issuance/orders/co-funding-proposal'];

const REACHED = [
  'orders.read GET /issuance/invoices', 'orders.read GET /issuance/invoices/{id}', 'orders.read GET /issuance/invoices/{id}/pdf', 'orders.read GET /issuance/invoices/{id}/xml',
  'orders.read GET /issuance/orders', 'orders.read GET /issuance/orders/{id}',
  'redemptions.read GET /redemption/redemptions', 'redemptions.read GET /redemption/redemptions/history',
  'statements.read GET /settlement/statement-lines', 'statements.read GET /settlement/statements', 'statements.read GET /settlement/statements/history',
  'statements.read GET /settlement/statements/{statementId}', 'statements.read GET /settlement/statements/{statementId}/file',
  'stock.read GET /issuance/deliveries', 'stock.read GET /issuance/hand-overs', 'stock.read GET /issuance/stock',
  'vouchers.redeem POST /redemption/redemptions',
];
