// The key and the hash decide whether a repeated request is told its old answer, so each of these lines is money.
import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#libs/auth';
import { metaOf } from './index.js';

const KEY = '01902c7b-5d2a-7c3e-9f00-0123456789ab';
const caller: Principal = {
  userId: '11902c7b-5d2a-7c3e-9f00-0123456789ab', organisationId: '21902c7b-5d2a-7c3e-9f00-0123456789ab', organisationKind: 'payer',
  partyId: '31902c7b-5d2a-7c3e-9f00-0123456789ab', roles: ['payer'], name: 'A. Payer', amr: ['pwd'], authTime: 1, secondFactorTime: null,
};
const request = (more: object = {}) => ({
  id: 'r1', method: 'POST', url: '/issuance/orders/ord_1/cancel', routeOptions: { url: '/issuance/orders/:id/cancel' },
  headers: { 'idempotency-key': KEY }, body: { a: 1, b: [{ c: 2, d: 3 }] }, caller, ...more,
}) as unknown as FastifyRequest;
const hashOf = (more: object = {}) => metaOf(request(more)).requestHash;

describe('the Idempotency-Key', () => {
  it.each([[undefined, 'idempotency_key_missing'], ['', 'idempotency_key_missing'], ['1', 'idempotency_key_malformed'],
    [KEY.toUpperCase(), 'idempotency_key_malformed'], [`${KEY}, ${KEY}`, 'idempotency_key_malformed'], [`{${KEY}}`, 'idempotency_key_malformed']])(
    '%s is refused as %s', (key, code) => {
      expect(() => metaOf(request({ headers: { 'idempotency-key': key } }))).toThrow(expect.objectContaining({ code }));
    });

  it('comes with the caller, the pattern of the route and the request id', () => {
    expect(metaOf(request())).toMatchObject({
      kind: 'request', key: KEY, route: 'POST /issuance/orders/:id/cancel', callerId: caller.userId, correlationId: 'r1',
      actor: { kind: 'user', id: caller.userId },
    });
  });

  it('is a fault on a route that anyone may call: there is nobody to keep the answer for', () => {
    expect(() => metaOf(request({ caller: undefined }))).toThrow(/open to anyone/);
  });
});

describe('the request hash', () => {
  it('does not see the order of fields', () => {
    expect(hashOf({ body: { b: [{ d: 3, c: 2 }], a: 1 } })).toBe(hashOf());
  });

  it.each([
    ['a value', { body: { a: 2, b: [{ c: 2, d: 3 }] } }],
    ['the order of a list', { body: { a: 1, b: [{ d: 3 }, { c: 2 }] } }],
    ['a number for its text', { body: { a: '1', b: [{ c: 2, d: 3 }] } }],
    ['a missing field for null', { body: { a: 1, b: [{ c: 2, d: 3 }], e: null } }],
    ['bytes', { body: Buffer.from('<Document/>') }],
    ['the id in the address', { url: '/issuance/orders/ord_2/cancel' }],
    ['the method', { method: 'PUT' }],
    ['the person', { caller: { ...caller, userId: KEY } }],
    ['the organisation of the same person', { caller: { ...caller, organisationId: KEY } }],
  ])('sees %s', (_, more) => {
    expect(hashOf(more)).not.toBe(hashOf());
  });
});
