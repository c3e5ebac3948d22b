// What a till sends: bytes become an attempt, or a 400 that says where they are wrong and never what stood there.
import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#libs/auth';
import { SERVICE_CODES } from '#libs/contracts';
import { AMOUNT_CENTS_MAX, amountIn, dayIn, parse, Problem } from '#libs/http';
import { cents, idOf, isRejected, isUuid, isUuidV7, type PlaceId } from '#libs/kernel';
import { normaliseCode, type CodeProblem, type VoucherCode } from '#libs/keys';
import type { TillAttempt } from '../till/fold-batch.decision.js';
import { DURATION_MINUTES_MAX, PARTICIPANTS_MAX } from '../limits.js';
import type { CodeHasher } from './code-hasher.js';
import type { Declared } from './redeem-voucher.decision.js';

/** What is said of one voucher. */
export const voucherFields = {
  code: z.string().max(512).describe('as printed, typed or scanned; dashes and small letters do not matter'),
  amountCents: amountIn.optional().describe('for a voucher with a balance; a unit voucher is used whole'),
  coPaymentCents: z.int().nonnegative().max(AMOUNT_CENTS_MAX).default(0).describe('what the citizen paid besides'),
  firstVisit: z.union([z.boolean(), z.literal('unknown')]).optional().describe('of this citizen at this place'),
};

/** What is said of the service, which may be one for many vouchers. */
export const serviceFields = {
  serviceDate: dayIn.describe('the day on which the service was rendered'),
  service: z.enum(SERVICE_CODES).optional().describe('code of the national nomenclature'),
  durationMinutes: z.int().positive().max(DURATION_MINUTES_MAX).optional(),
  participants: z.int().positive().max(PARTICIPANTS_MAX).optional(),
};

export const redeemVoucherBody = z.strictObject({ ...voucherFields, ...serviceFields });

const CODE_PROBLEMS: Readonly<Record<CodeProblem, string>> = {
  wrong_length: 'a code has 18 characters',
  wrong_character: 'a character that no code has',
  wrong_check: 'the check characters do not fit: a character is wrong',
};

/** Throws a 400 Problem. The place is the caller's own: no field of the body could name another. */
export function attemptOf(request: FastifyRequest, caller: Principal, hasher: CodeHasher): TillAttempt {
  const redemptionId = idOf('redemption', tillKeyOf(request.headers['idempotency-key']));
  const { code, serviceDate, amountCents, coPaymentCents, ...said } = parse(redeemVoucherBody, request.body);
  return {
    redemptionId, codeMacs: hasher.macsOf(codeOf(code, 'code')), placeId: placeOf(caller), serviceDate,
    ...(amountCents !== undefined && { amount: amountCents }), coPayment: cents(coPaymentCents), declared: declaredOf(said),
    correlationId: request.id,
  };
}

/** A till of no place is a membership that was set up wrongly, not a request that was. */
export function placeOf({ organisationKind, partyId }: Principal): PlaceId {
  if (organisationKind !== 'place' || !partyId) throw new Problem('role_missing');
  return idOf('place', partyId);
}

/** The key of a till becomes an id, and ids rise with time. */
export function tillKeyOf(header: string | string[] | undefined): string {
  if (header === undefined || header === '') throw new Problem('idempotency_key_missing');
  if (!isUuid(header)) throw new Problem('idempotency_key_malformed');
  if (isUuidV7(header)) return header;
  const message = 'expected version 7: the key becomes the id of what is redeemed';
  throw new Problem('idempotency_key_malformed', [{ path: 'Idempotency-Key', message }]);
}

export function codeOf(text: string, path: string): VoucherCode {
  const code = normaliseCode(text);
  if (!isRejected(code)) return code;
  throw new Problem('request_malformed', [{ path, message: CODE_PROBLEMS[code.code] }]);
}

type Said = Omit<Declared, 'firstVisit'> & Readonly<{ firstVisit?: boolean | 'unknown' | undefined }>;

/** "Unknown" and nothing said are the same; neither is a no. */
export function declaredOf({ service, durationMinutes, participants, firstVisit }: Said): Declared {
  return {
    ...(service && { service }), ...(durationMinutes !== undefined && { durationMinutes }),
    ...(participants !== undefined && { participants }), ...(typeof firstVisit === 'boolean' && { firstVisit }),
  };
}
