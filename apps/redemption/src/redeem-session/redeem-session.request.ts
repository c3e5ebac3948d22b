// What a till sends for a workshop: one declaration of the service, many vouchers.
import { z } from 'zod';
import { parse, Problem, type HttpMeta } from '#libs/http';
import { cents, idOf, ZERO, type SessionId } from '#libs/kernel';
import { PERSON_VOUCHERS_MAX, SESSION_LINES_MAX } from '../limits.js';
import type { CodeHasher } from '../redeem-voucher/code-hasher.js';
import {
  codeOf, declaredOf, placeOf, serviceFields, tillKeyOf, voucherFields,
} from '../redeem-voucher/redeem-voucher.request.js';
import { vouchersOf, type TillAttempt } from '../till/fold-batch.decision.js';
import { lineIdOf } from './line-id.js';

const furtherVoucher = z.strictObject({ code: voucherFields.code, amountCents: voucherFields.amountCents });
export const redeemSessionBody = z.strictObject({
  ...serviceFields,
  lines: z.array(z.strictObject({
    ...voucherFields,
    with: z.array(furtherVoucher).min(1).max(PERSON_VOUCHERS_MAX - 1).optional().describe(
      'further vouchers of the same person for the same participation: all of the line are taken or none'),
  })).min(1).max(SESSION_LINES_MAX).describe('a person each, answered in this order'),
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
  const shared = { placeId, serviceDate, correlationId };
  const macsOf = (code: string, path: string) => hasher.macsOf(codeOf(code, path));
  const attempts = lines.map(({ code, amountCents, coPaymentCents, firstVisit, with: others }, line): TillAttempt => {
    const redemptionId = lineIdOf(key, line);
    return {
      ...shared, redemptionId, codeMacs: macsOf(code, `lines[${line}].code`), ...(amountCents !== undefined && { amount: amountCents }),
      coPayment: cents(coPaymentCents), declared: { sessionId, ...declaredOf({ ...service, firstVisit }) },
      ...(others && { step: { kind: 'together', others: others.map((other, at) => ({
        ...shared, redemptionId: lineIdOf(redemptionId, at), codeMacs: macsOf(other.code, `lines[${line}].with[${at}].code`),
        ...(other.amountCents !== undefined && { amount: other.amountCents }), coPayment: ZERO,
        // How long it took and who came is said once, by the first.
        declared: { sessionId, ...declaredOf({ service: service.service }) },
      })) } }),
    };
  });
  assertDistinct(attempts);
  return { sessionId, serviceDate, attempts };
}

/** One voucher twice in one participation is a slip of the hand, and a hall's worth of vouchers is the most of one request. */
function assertDistinct(attempts: readonly TillAttempt[]): void {
  const counts = attempts.map((attempt) => vouchersOf(attempt).map(({ codeMacs }) => codeMacs[0]));
  const line = counts.findIndex((macs) => new Set(macs).size < macs.length);
  if (line >= 0) throw new Problem('request_malformed', [{ path: `lines[${line}].with`, message: 'one voucher stands here twice' }]);
  if (counts.flat().length > SESSION_LINES_MAX) {
    throw new Problem('request_malformed', [{ path: 'lines', message: `more than ${SESSION_LINES_MAX} vouchers` }]);
  }
}
