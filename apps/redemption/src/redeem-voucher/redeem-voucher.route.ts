// The one hot route. It sits on the Fastify instance that Nest owns, beside Nest's router, which would cost a till half
// as much again as the rest of its way through the process.
import type { FastifyInstance } from 'fastify';
import { admit, AuthRefused, type Door, type TokenVerifier } from '#libs/auth';
import { answerSchema, describeRawRoute, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { TILL_DOOR_REFUSALS, TILL_REFUSALS } from '../refusals.js';
import { redemptionAnswer, viewOf } from '../redemption-view.js';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { orUnavailable, type Collector } from '../till/collector.js';
import { signedOn, type TillGuard } from '../till-limits/till-guard.js';
import type { CodeHasher } from './code-hasher.js';
import { attemptOf, redeemVoucherBody } from './redeem-voucher.request.js';

export type TillRoute = Readonly<{ verifier: TokenVerifier; hasher: CodeHasher; collector: Collector; guard: TillGuard }>;

const PATH = '/redemption/redemptions';
const DOOR = { who: ['till'], keyScope: 'vouchers.redeem' } as const satisfies Door;

// Told where it is written: the document of the API is made of a program that never starts.
describeRawRoute({
  method: 'post', path: PATH, ...DOOR, headers: DEVICE_HEADERS, body: redeemVoucherBody, answer: redemptionAnswer, status: 201,
  refusals: [...TILL_DOOR_REFUSALS, ...TILL_REFUSALS, 'idempotency_key_reused'],
  summary: 'Redeem a voucher for a service; the Idempotency-Key is a UUIDv7 and becomes the redemption\'s id',
});

/** Called once per Fastify instance, before it listens. */
export function installTillRoute(fastify: FastifyInstance, { verifier, hasher, collector, guard }: TillRoute): void {
  fastify.post(PATH, { schema: { response: { 201: answerSchema(redemptionAnswer) } } }, async (request, reply) => {
    const caller = await admit(verifier, request, DOOR);
    if (!caller) throw new AuthRefused('token_missing');
    const answer = await guard.around(caller, request, async (till) =>
      orUnavailable(collector.submit(signedOn(attemptOf(request, caller, hasher), till))));
    if (isRejected(answer)) throw new Problem(answer);
    return reply.status(201).send(viewOf(answer));
  });
}
