// What a till sends for a workshop: one declaration of the service, many vouchers.
import { z } from 'zod';
import { parse, type HttpMeta } from '#libs/http';
import { cents, idOf, type SessionId } from '#libs/kernel';
import { SESSION_LINES_MAX } from '../limits.js';
import type { CodeHasher } from '../redeem-voucher/code-hasher.js';
import {
  codeOf, declaredOf, placeOf, serviceFields, tillKeyOf, voucherFields,
} from '../redeem-voucher/redeem-voucher.request.js';
import type { TillAttempt } from '../till/fold-batch.decision.js';
import { lineIdOf } from './line-id.js';

export const redeemSessionBody = z.strictObject({
  ...serviceFields,
  lines: z.array(z.strictObject(voucherFields)).min(1).max(SESSION_LINES_MAX).describe('answered in this order'),
});

export type Session = Readonly<{ sessionId: SessionId; serviceDate: string; attempts: readonly TillAttempt[] }>;

/**
 * Throws a 400 Problem. A code with a wrong character makes the whole request malformed and nothing happens: the till
 * mends the line and sends again under the same key.
 */
export function sessionOf(body: unknown, { key, caller, correlationId }: HttpMeta, hasher: CodeHasher): Session {
  const sessionId = idOf('session', tillKeyOf(key));
  const { serviceDate, lines, ...service } = parse(redeemSessionBody, body);
  const placeId = placeOf(caller);
  const attempts = lines.map(({ code, amountCents, coPaymentCents, firstVisit }, line): TillAttempt => ({
    redemptionId: lineIdOf(key, line), codeMacs: hasher.macsOf(codeOf(code, `lines[${line}].code`)), placeId, serviceDate,
    ...(amountCents !== undefined && { amount: amountCents }), coPayment: cents(coPaymentCents),
    declared: { sessionId, ...declaredOf({ ...service, firstVisit }) }, correlationId,
  }));
  return { sessionId, serviceDate, attempts };
}
