// Settlement runs as the pages read them.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

export const runShape = z.object({
  runId: z.string(), state: z.string(), messageId: z.string(), executionOn: z.string(), paymentCount: z.int(), amountCents: z.int(),
  sha256: z.string(), createdBy: z.string(), createdAt: z.string(), releasedAt: z.string().nullable(),
  approvals: z.array(z.object({ userId: z.string(), at: z.string() })),
});
export const paymentShape = z.object({
  paymentId: z.string(), legalName: z.string().nullable(), iban: z.string().nullable(),
  stripeAccountId: z.string().nullable().default(null), amountCents: z.int(), state: z.string(),
  reasonCode: z.string().nullable(),
});
export type Run = z.output<typeof runShape>;
export type Payment = z.output<typeof paymentShape>;
const runs = z.object({ items: z.array(runShape) });
const payments = z.object({ items: z.array(paymentShape), nextCursor: z.string().nullable() });
const SHOWN_MAX = 200;

export async function loadRuns(services: Services, bearer: string): Promise<Read<readonly Run[]>> {
  const read = await services.get('/settlement/settlement-runs?limit=50', runs, bearer);
  return read.ok ? { ok: true, value: read.value.items } : read;
}

export const loadRun = (services: Services, bearer: string, runId: string): Promise<Read<Run>> =>
  services.get(`/settlement/settlement-runs/${runId}`, runShape, bearer);

export async function loadPayments(services: Services, bearer: string, runId: string): Promise<Read<readonly Payment[]>> {
  const read = await services.get(`/settlement/payments?runId=${runId}&limit=${SHOWN_MAX}`, payments, bearer);
  return read.ok ? { ok: true, value: read.value.items } : read;
}
