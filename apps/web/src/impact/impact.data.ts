// What the page of impact asks audit, and the programmes to choose from.
import { z } from 'zod';
import { COEFFICIENT_CODES, MEASURES, type CoefficientCode } from '#libs/figures';
import type { Read, Services } from '../services.js';

const estimate = z.object({ low: z.number(), value: z.number(), high: z.number() });
const count = z.int().nullable();
export const coefficientShape = z.object({
  code: z.enum(COEFFICIENT_CODES), version: z.int(), ...estimate.shape,
  source: z.string(), sourceYear: z.int(), scope: z.string(),
});
const result = z.object({
  measure: z.enum(MEASURES), coefficient: coefficientShape.nullable(),
  estimate: estimate.nullable(), unknown: z.string().nullable(), withRejected: estimate.nullable(),
});
const impact = z.object({
  facts: z.object({
    redemptions: z.int(), redeemedCents: z.int(), minutes: count, redemptionsWithMinutes: z.int(), people: z.int(), firstVisits: count,
    workshops: z.int(), services: z.int(), places: z.int(), communes: z.int(),
  }).nullable(),
  results: z.array(result),
});
const programmes = z.object({ items: z.array(z.object({ programmeId: z.string(), name: z.string() })) });

export type Estimate = z.output<typeof estimate>;
export type Coefficient = z.output<typeof coefficientShape>;
export type Result = z.output<typeof result>;
export type Impact = z.output<typeof impact>;
export type Programme = z.output<typeof programmes>['items'][number];
/** `from` and `to` are months, `YYYY-MM`; rejected coefficients measure nothing. */
export type Asked = Readonly<{ programmeId: string; from: string; to: string; rejected: readonly CoefficientCode[] }>;

const PROGRAMMES_MAX = 200;

export const loadProgrammes = async (services: Services, bearer: string): Promise<Read<readonly Programme[]>> => {
  const read = await services.get(`/issuance/programmes?limit=${PROGRAMMES_MAX}`, programmes, bearer);
  return read.ok ? { ok: true, value: read.value.items } : read;
};

export function loadImpact(services: Services, bearer: string, { programmeId, from, to, rejected }: Asked): Promise<Read<Impact>> {
  const question = new URLSearchParams({ programmeId, from, to, ...(rejected.length > 0 && { reject: rejected.join(',') }) });
  return services.get(`/audit/impact?${question}`, impact, bearer);
}

/** The twelve months that are over, the running one left out: it is not counted yet. */
export function lastYear(now: Date): Readonly<{ from: string; to: string }> {
  const month = (back: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
  return { from: month(12), to: month(1) };
}
