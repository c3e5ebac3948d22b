// Settlement runs as the pages read them.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

export const runShape = z.object({
  runId: z.string(), state: z.string(), purpose: z.string().default('place'), rail: z.string().default('sepa'), messageId: z.string(), executionOn: z.string(), paymentCount: z.int(), amountCents: z.int(),
  sha256: z.string(), createdBy: z.string(), createdAt: z.string(), releasedAt: z.string().nullable(),
  approvals: z.array(z.object({ userId: z.string(), at: z.string() })),
  cancelReason: z.string().nullable(), cancelledBy: z.string().nullable(), cancelledAt: z.string().nullable(),
});
export const paymentShape = z.object({
  paymentId: z.string(), legalName: z.string().nullable(), iban: z.string().nullable(),
  stripeAccountId: z.string().nullable().default(null), amountCents: z.int(), state: z.string(),
  reasonCode: z.string().nullable(),
});
const breakerShape = z.object({ breaker: z.string(), figures: z.record(z.string(), z.number()) });
const previewShape = z.object({
  totals: z.object({ lastAmountCents: z.int().nullable(), differenceCents: z.int(), newAccounts: z.int() }),
  breakers: z.array(breakerShape),
  payments: z.array(z.object({
    legalName: z.string().nullable(), iban: z.string().nullable(), stripeAccountId: z.string().nullable(), amountCents: z.int(),
    lastAmountCents: z.int(), newPayee: z.boolean(), newAccount: z.boolean(),
  })),
  leftOut: z.array(z.object({ legalName: z.string().nullable(), amountCents: z.int(), reason: z.string() })),
});
export type Run = z.output<typeof runShape>;
export type Breaker = z.output<typeof breakerShape>;
export type Preview = z.output<typeof previewShape>;
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

const open = z.object({ totals: z.object({ count: z.int() }) });

/** Payments of a run of which nobody knows yet what became. */
export async function loadOpenCount(services: Services, bearer: string, runId: string): Promise<Read<number>> {
  const read = await services.get(`/settlement/payments?runId=${runId}&state=instructed,released&limit=1&totals=true`, open, bearer);
  return read.ok ? { ok: true, value: read.value.totals.count } : read;
}

/** Against the last run of its kind; how it stands now, and not when it was made. */
export const loadPreview = (services: Services, bearer: string, runId: string): Promise<Read<Preview>> =>
  services.get(`/settlement/settlement-runs/${runId}/preview`, previewShape, bearer);
