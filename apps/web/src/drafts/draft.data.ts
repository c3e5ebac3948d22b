// Drafts of orders as a payer reads them, each with its last quote, and the programmes that may be ordered of.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const agreed = { payerId: z.string(), basisPoints: z.int(), capCents: z.int().nullable() };
const quote = z.object({
  version: z.int(), validUntil: z.string(), count: z.int(), faceCents: z.int(), amountCents: z.int(),
  shares: z.array(z.object({ ...agreed, amountCents: z.int(), answer: z.enum(['accepted', 'refused']).nullable() })),
});
export const draftShape = z.object({
  orderId: z.string(), state: z.string(), draftedAt: z.string(), programmeId: z.string(), programmeName: z.string(), count: z.int(),
  faceCents: z.int().nullable(), paper: z.boolean(), sharing: z.string(), shares: z.array(z.object(agreed)), quote: quote.nullable(),
});
export const draftWithSteps = draftShape.extend({ payers: z.array(z.object({ payerId: z.string(), name: z.string() })).default([]),
  steps: z.array(z.object({ step: z.string(), takenAt: z.string(), reason: z.string().nullable() })) });
export type Draft = z.output<typeof draftShape>;
export type Quote = z.output<typeof quote>;
export type DraftWithSteps = z.output<typeof draftWithSteps>;

export const loadDraft = (services: Services, bearer: string, orderId: string): Promise<Read<DraftWithSteps>> =>
  services.get(`/issuance/order-drafts/${orderId}`, draftWithSteps, bearer);

const drafts = z.object({ items: z.array(draftShape) }).transform(({ items }) => items);

/** Of which a quote is open, newest first. */
export const loadQuoted = (services: Services, bearer: string): Promise<Read<readonly Draft[]>> =>
  services.get('/issuance/order-drafts?state=quoted&limit=50', drafts, bearer);

const programme = z.object({
  programmeId: z.string(), name: z.string(), state: z.string(), faceCents: z.int(), faceCentsMin: z.int(), faceCentsMax: z.int(),
  usableUntil: z.string(), targetPublicLabel: z.string().nullable(),
  limits: z.object({ orderCountMin: z.int().nullable(), orderCountMax: z.int().nullable() }),
});
export type Programme = z.output<typeof programme>;
const programmes = z.object({ items: z.array(programme), nextCursor: z.string().nullable() });
/** Of one answer of issuance. */
const PAGE = 200;

/** Those whose rules are in force. */
export async function loadOpenProgrammes(services: Services, bearer: string): Promise<Read<readonly Programme[]>> {
  const read = await services.get(`/issuance/programmes?limit=${PAGE}`, programmes, bearer);
  return read.ok ? { ok: true, value: read.value.items.filter(({ state }) => state === 'in_force') } : read;
}
