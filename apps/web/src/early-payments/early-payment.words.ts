// Early payments as pages say them: what one is, where it stands, and how it ended.
import { z } from 'zod';
import { amountText, day } from '../format.js';
import type { SignedInVisit } from '../visit.js';

export const STATES = ['set_aside', 'instructed', 'released', 'booked', 'netted', 'lapsed'] as const;

export const earlyPayment = z.object({
  earlyPaymentId: z.string(), payeeId: z.string(), legalName: z.string().nullable(), amountCents: z.int(),
  dueCents: z.int(), leftCents: z.int(),
  askedBy: z.string().nullable(), askedAt: z.string(), state: z.string(),
  ends: z.array(z.object({ kind: z.enum(['netted', 'lapsed']), statementId: z.string().nullable(), amountCents: z.int(), at: z.string() })),
});
export type EarlyPayment = z.output<typeof earlyPayment>;
export type End = EarlyPayment['ends'][number];

export function endWords({ kind, amountCents, at }: End, { say, language }: SignedInVisit): string {
  const [money, on] = [amountText(amountCents, language), day(at.slice(0, 10), language)];
  return kind === 'netted' ? say(`${money} déduits du relevé du ${on}`, `${money} taken off the statement of ${on}`)
    : say(`${money} payés avec le relevé du ${on}, et non avant`, `${money} paid with the statement of ${on}, not before it`);
}
