// The one receipt of a workshop: a result per line, in the order given.
import { z } from 'zod';
import { idOut, idText, problemKind } from '#libs/http';
import { assert, isRejected, sum, toWire, type RedemptionId } from '#libs/kernel';
import { redemptionAnswer, viewOf } from '../redemption-view.js';
import type { RedemptionAnswer } from '../till/fold-batch.decision.js';
import type { Session } from './redeem-session.request.js';

export const refusedLine = z.strictObject({
  outcome: z.literal('refused'), redemptionId: idText('redemption').describe('the id that this line would have had'),
  code: z.string(), detail: z.string(), retryable: z.boolean(), details: z.record(z.string(), z.unknown()),
});
export const redeemedLine = z.strictObject({
  outcome: z.literal('redeemed'), redemption: redemptionAnswer,
  with: z.array(redemptionAnswer).optional().describe('of the further vouchers of the same person'),
});

export const sessionReceipt = z.strictObject({
  sessionId: idText('session'), serviceDate: z.string().describe('YYYY-MM-DD'), redeemedCount: z.int().describe('lines, of one or several vouchers'), refusedCount: z.int(),
  amountCents: z.int(), currency: z.literal('EUR'), lines: z.array(z.discriminatedUnion('outcome', [redeemedLine, refusedLine])),
});
export type SessionReceipt = z.infer<typeof sessionReceipt>;

export function receiptOf({ sessionId, serviceDate, attempts }: Session, answers: readonly RedemptionAnswer[]): SessionReceipt {
  const lines = answers.map((answer, at) => lineOf(attempts[at]!.redemptionId, answer));
  const taken = answers.flatMap((answer) => (isRejected(answer) ? [] : [answer]));
  return {
    sessionId: idOut('session', sessionId), serviceDate, redeemedCount: taken.length, refusedCount: lines.length - taken.length,
    amountCents: toWire(sum(taken.flatMap((lead) => [lead, ...lead.with ?? []]).map(({ amount }) => amount))), currency: 'EUR', lines,
  };
}

export function lineOf(redemptionId: RedemptionId, answer: RedemptionAnswer): SessionReceipt['lines'][number] {
  if (!isRejected(answer)) {
    return { outcome: 'redeemed', redemption: viewOf(answer), ...(answer.with && { with: answer.with.map(viewOf) }) };
  }
  const kind = problemKind(answer.code);
  assert(kind, `refusal ${answer.code} is in no catalogue`);
  return {
    outcome: 'refused', redemptionId: idOut('redemption', redemptionId), code: answer.code, detail: kind.sentence,
    retryable: kind.retryable, details: answer.details,
  };
}
