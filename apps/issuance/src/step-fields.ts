// How a step of a draft or an order is shown. A payer sees what its order went through, and of other payers what they did.
import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import { STEPS, type Step } from './order-step.decision.js';

export const shownStep = z.strictObject({
  step: z.enum(STEPS), takenAt: z.string(), takenBy: z.string().describe('user:<uuid> or system:<name>; never a name'),
  quoteVersion: z.int().nullable(), payerId: idText('payer').nullable(), reason: z.string().nullable(),
  reference: z.string().nullable().describe('of a proof'), sha256: z.string().nullable().describe('of the bytes of a proof'),
});

export const showStep = <S extends Omit<Step, 'step'>>({ payerId, takenAt, takenBy, quoteVersion, reason, reference, sha256 }: S) => ({
  takenAt: takenAt.toISOString(), takenBy, payerId: payerId && idOut('payer', payerId), quoteVersion, reason, reference, sha256,
});
