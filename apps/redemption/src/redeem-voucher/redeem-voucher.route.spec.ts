// Goal: overload at the till is an answer with a time to come again, never a wait without an end or a refusal.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { uuidv7 } from 'uuidv7';
import type { Principal, TokenVerifier } from '#libs/auth';
import { prepareFastify, registerRefusals } from '#libs/http';
import { databaseClock, idOf, localDate, ZERO } from '#libs/kernel';
import { deriveCode, loadKeyring, printCode, PUBLISHED_KEYS, type BatchKey } from '#libs/keys';
import { TILL_WAITING_MAX } from '../limits.js';
import { REFUSALS } from '../refusals.js';
import { Collector, type CollectorOptions } from '../till/collector.js';
import { DeviceUses } from '../till-limits/device-uses.js';
import { TillGuard } from '../till-limits/till-guard.js';
import { TillLimits } from '../till-limits/till-limits.js';
import { CodeHasher } from './code-hasher.js';
import { installTillRoute } from './redeem-voucher.route.js';

const till: Principal = {
  userId: uuidv7(), organisationId: uuidv7(), organisationKind: 'place', partyId: uuidv7(), roles: ['till'],
  name: 'A till', amr: ['pwd'], authTime: 0, secondFactorTime: null,
};
const silent = {
  client: () => new Promise(() => undefined), close: async () => undefined,
} as unknown as CollectorOptions['pool'];
const log = { error: () => undefined };

let server: FastifyInstance;
let collector: Collector;
beforeAll(() => {
  registerRefusals('redemption', REFUSALS);
  const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });
  collector = new Collector({ pool: silent, clock: databaseClock, log });
  server = fastify();
  prepareFastify(server, log);
  installTillRoute(server, {
    verifier: { verify: async () => till } as unknown as TokenVerifier, hasher: new CodeHasher(keyring, () => [], log), collector,
    guard: new TillGuard({
      limits: new TillLimits(() => 0), uses: new DeviceUses(), keys: { find: async () => undefined }, nowMs: () => 0,
    }),
  });
});
afterAll(() => server.close());

describe('a till that asks while too many wait', () => {
  it('is told to come again in some seconds, with the same key', async () => {
    const waiting = {
      redemptionId: idOf('redemption', uuidv7()), codeMacs: [uuidv7()], placeId: idOf('place', uuidv7()), serviceDate: localDate('2026-03-10'),
      coPayment: ZERO, correlationId: 'c',
    };
    void collector.submit(waiting);
    // That one is at the database, which never answers; those that follow wait.
    await new Promise((resume) => { setImmediate(resume); });
    for (let count = 0; count < TILL_WAITING_MAX; count += 1) void collector.submit(waiting);
    const answer = await server.inject({
      method: 'POST', url: '/redemption/redemptions', headers: { authorization: 'Bearer a', 'idempotency-key': uuidv7() },
      payload: { code: printCode(deriveCode(Buffer.alloc(32, 7) as Buffer as BatchKey, 0)), serviceDate: '2026-03-10' },
    });
    expect([answer.statusCode, answer.json().code, answer.json().retryable, answer.headers['retry-after']]).toEqual([503, 'unavailable', true, '5']);
  });
});
