import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Caller, newHttpAdapter, NEST_OPTIONS, secureApp } from '#libs/http';
import {
  AllowOnly, AskFreshSecondFactor, AskMandate, AuthRefused, KEY_REQUESTS_MAX, KeyRates, LooksUp, OpenToKeys, PARTY_REQUESTS_MAX,
  routesWithoutWho,
  type KeyScope,  type Principal, type TokenVerifier,
} from './index.js';

const principal = (role: Principal['roles'][number]): Principal => ({
  userId: 'u', organisationId: 'o', organisationKind: 'operator', partyId: null, roles: [role], name: 'n', amr: [], authTime: 1,
  secondFactorTime: null,
});
/** Tokens that name when their second factor was proved, in seconds from now. */
const proved = (name: string): Principal => ({ ...principal('operator'), secondFactorTime: NOW_SECONDS + Number(name.slice('proved'.length)) });
const NOW_SECONDS = 1_800_000_000;
const mandate = (programmeIds: string[]) => ({ mandateId: 'm', programmeIds, payerIds: [] });
/** People of an auditing body, by what it may look at. */
const AUDITORS: Readonly<Record<string, Principal['mandates']>> = {
  unmandated: undefined, waiting: { inForce: [], hadOne: false }, ended: { inForce: [], hadOne: true },
  narrow: { inForce: [mandate(['p'])], hadOne: true }, whole: { inForce: [mandate(['p']), mandate([])], hadOne: true },
};
/** A key of a program: `key~` and its scopes. It is given a role that it never has, so that the scope alone decides. */
const keyed = (token: string): Principal => ({
  ...principal('operator'), partyId: 'p', secondFactorTime: NOW_SECONDS, key: { keyId: token, scopes: token.slice('key~'.length).split('+') as KeyScope[] },
});
const rates = new KeyRates(() => 0);
const verifier = {
  keyRates: rates,
  verify: async (token: string) => {
    if (token.startsWith('key~')) return keyed(token);
    if (token === 'looking') return { ...principal('operator'), secondFactorTime: NOW_SECONDS, impersonation: { impersonationId: 'i' } };
    if (token.startsWith('proved')) return proved(token);
    if (token in AUDITORS) return { ...principal('auditor'), organisationKind: 'auditor' as const, mandates: AUDITORS[token] };
    if (token !== 'operator' && token !== 'auditor') throw new AuthRefused('token_invalid');
    return principal(token);
  },
} as unknown as TokenVerifier;

@Controller('routes')
class RoutesController {
  @Get('open') @AllowOnly('anyone') open() { return 'open'; }
  @Get('operators') @AllowOnly(['operator', 'approver']) operators(@Caller() caller: Principal) { return caller.roles; }
  @Get('money') @AllowOnly(['operator']) @AskFreshSecondFactor() money() { return 'money'; }
  @Get('books') @AllowOnly(['auditor', 'operator']) books() { return 'books'; }
  @Get('frames') @AllowOnly(['auditor', 'operator']) @AskMandate('scoped') frames() { return 'frames'; }
  @Get('me') @AllowOnly(['auditor']) @AskMandate('none') me() { return 'me'; }
  @Get('orders') @AllowOnly(['operator']) @OpenToKeys('orders.read') orders() { return 'orders'; }
  @Get('stock') @AllowOnly(['auditor']) @OpenToKeys('stock.read') stock() { return 'stock'; }
  @Get('nobody') @AllowOnly([]) nobody() { return 'nobody'; }
  @Post('orders') @AllowOnly(['operator']) write() { return 'written'; }
  @Post('prices') @AllowOnly(['operator']) @LooksUp() ask() { return 'prices'; }
  @Get('forgotten') forgotten() { return 'open by mistake'; }
}
@Module({ controllers: [RoutesController] })
class TestModule {}

const logged: object[] = [];
let app: NestFastifyApplication;
beforeAll(async () => {
  const log = { error: (fields: object) => { logged.push(fields); } };
  app = await NestFactory.create<NestFastifyApplication>(TestModule, newHttpAdapter({ log }), NEST_OPTIONS);
  secureApp(app, { verifier, log, nowMs: () => NOW_SECONDS * 1_000 });
  await app.init();
});
afterAll(async () => app.close());

describe('a route', () => {
  it.each([
    ['open', undefined, 200, null],
    ['open', 'Bearer spoiled', 200, null],
    ['operators', undefined, 401, 'token_missing'],
    ['operators', 'Basic dTpw', 401, 'token_invalid'],
    ['operators', 'Bearer', 401, 'token_invalid'],
    ['operators', 'Bearer a b', 401, 'token_invalid'],
    ['operators', 'Bearer stranger', 401, 'token_invalid'],
    ['operators', 'Bearer auditor', 403, 'role_missing'],
    ['operators', 'bearer operator', 200, null],
    ['money', 'Bearer auditor', 403, 'role_missing'],
    ['money', 'Bearer operator', 403, 'second_factor_stale'],
    ['money', 'Bearer proved-599', 200, null],
    ['money', 'Bearer proved-601', 403, 'second_factor_stale'],
    ['money', 'Bearer proved+5', 200, null],
    ['money', 'Bearer proved+6', 403, 'second_factor_stale'],
    ['books', 'Bearer operator', 200, null],
    ['books', 'Bearer unmandated', 403, 'mandate_missing'],
    ['books', 'Bearer waiting', 403, 'mandate_missing'],
    ['books', 'Bearer ended', 403, 'mandate_ended'],
    ['books', 'Bearer narrow', 403, 'mandate_too_narrow'],
    ['books', 'Bearer whole', 200, null],
    ['frames', 'Bearer narrow', 200, null],
    ['frames', 'Bearer ended', 403, 'mandate_ended'],
    ['me', 'Bearer unmandated', 200, null],
    ['operators', 'Bearer unmandated', 403, 'role_missing'],
    ['open', 'Bearer unmandated', 200, null],
    ['nobody', 'Bearer operator', 403, 'role_missing'],
    ['forgotten', 'Bearer operator', 403, 'route_closed'],
    ['forgotten', undefined, 403, 'route_closed'],
    ['operators', 'Bearer key~orders.read+stock.read', 403, 'key_scope_missing'],
    ['money', 'Bearer key~orders.read', 403, 'key_scope_missing'],
    ['orders', 'Bearer key~stock.read', 403, 'key_scope_missing'],
    ['orders', 'Bearer key~orders.read', 200, null],
    ['orders', 'Bearer operator', 200, null],
    ['stock', 'Bearer key~stock.read', 403, 'role_missing'],
    ['forgotten', 'Bearer key~orders.read', 403, 'route_closed'],
    ['open', 'Bearer key~orders.read', 200, null],
  ])('%s with %s answers %s %s', async (route, authorization, status, code) => {
    const response = await app.inject({ url: `/routes/${route}`, headers: authorization ? { authorization } : {} });
    expect(response.statusCode).toBe(status);
    if (code) expect(response.json()).toMatchObject({ code });
    if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('is asked by one key so often in a minute, and then says how long to wait', async () => {
    const ask = () => app.inject({ url: '/routes/orders', headers: { authorization: 'Bearer key~orders.read+redemptions.read' } });
    for (let count = 0; count < KEY_REQUESTS_MAX; count += 1) rates.count('key~orders.read+redemptions.read', 'another');
    const response = await ask();
    expect([response.statusCode, response.headers['retry-after'], (response.json() as { code: string }).code]).toEqual([429, '60', 'too_many_requests']);
  });

  it('is asked by all keys of one organisation together so often', async () => {
    const ask = () => app.inject({ url: '/routes/orders', headers: { authorization: 'Bearer key~orders.read' } });
    expect((await ask()).statusCode).toBe(200);
    for (let count = 0; count < PARTY_REQUESTS_MAX; count += 1) rates.count(`k${count}`, 'p');
    expect((await ask()).statusCode).toBe(429);
  });

  it.each([
    ['GET', 'operators', 200, null], ['GET', 'orders', 200, null], ['POST', 'prices', 201, null], ['POST', 'orders', 403, 'impersonation_reads_only'],
    ['GET', 'nobody', 403, 'role_missing'],
  ] as const)('asked by %s for %s, by who looks as an organisation, answers %s %s', async (method, route, status, code) => {
    const response = await app.inject({ method, url: `/routes/${route}`, headers: { authorization: 'Bearer looking' } });
    expect(response.statusCode).toBe(status);
    if (code) expect(response.json()).toMatchObject({ code });
  });

  it('hands its caller to the controller', async () => {
    expect((await app.inject({ url: '/routes/operators', headers: { authorization: 'Bearer operator' } })).json()).toEqual(['operator']);
  });

  it('that says nothing is found by the tidy test and by the log', () => {
    expect(routesWithoutWho(app)).toEqual(['RoutesController.forgotten']);
    expect(logged).toContainEqual({ route: 'RoutesController.forgotten' });
  });
});
