// What a till sends: bytes become an attempt, or a 400 that says where they are wrong and never what stood there.
import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#libs/auth';
import { AMOUNT_CENTS_MAX, amountIn, dayIn, parse, Problem } from '#libs/http';
import { cents, idOf, isRejected, isUuid, isUuidV7, type RedemptionId } from '#libs/kernel';
import { normaliseCode, type CodeProblem, type VoucherCode } from '#libs/keys';
import type { TillAttempt } from '../till/fold-batch.decision.js';
import type { CodeHasher } from './code-hasher.js';

export const redeemVoucherBody = z.strictObject({
  code: z.string().max(512).describe('as printed, typed or scanned; dashes and small letters do not matter'),
  serviceDate: dayIn.describe('the day on which the service was rendered'),
  amountCents: amountIn.optional().describe('for a voucher with a balance; a unit voucher is used whole'),
  coPaymentCents: z.int().nonnegative().max(AMOUNT_CENTS_MAX).default(0).describe('what the citizen paid besides'),
});

const CODE_PROBLEMS: Readonly<Record<CodeProblem, string>> = {
  wrong_length: 'a code has 18 characters',
  wrong_character: 'a character that no code has',
  wrong_check: 'the check characters do not fit: a character is wrong',
};

/** Throws a 400 Problem. The place is the caller's own: no field of the body could name another. */
export function attemptOf(request: FastifyRequest, caller: Principal, hasher: CodeHasher): TillAttempt {
  const redemptionId = keyOf(request.headers['idempotency-key']);
  const { code, serviceDate, amountCents, coPaymentCents } = parse(redeemVoucherBody, request.body);
  // A till of no place is a membership that was set up wrongly, not a request that was.
  if (caller.organisationKind !== 'place' || !caller.partyId) throw new Problem('role_missing');
  return {
    redemptionId, codeMacs: hasher.macsOf(codeOf(code)), placeId: idOf('place', caller.partyId), serviceDate,
    ...(amountCents !== undefined && { amount: amountCents }), coPayment: cents(coPaymentCents), correlationId: request.id,
  };
}

function keyOf(header: string | string[] | undefined): RedemptionId {
  if (header === undefined || header === '') throw new Problem('idempotency_key_missing');
  if (!isUuid(header)) throw new Problem('idempotency_key_malformed');
  if (!isUuidV7(header)) {
    const message = 'expected version 7: the key becomes the id of the redemption';
    throw new Problem('idempotency_key_malformed', [{ path: 'Idempotency-Key', message }]);
  }
  return idOf('redemption', header);
}

function codeOf(text: string): VoucherCode {
  const code = normaliseCode(text);
  if (!isRejected(code)) return code;
  throw new Problem('request_malformed', [{ path: 'code', message: CODE_PROBLEMS[code.code] }]);
}
