// How far vouchers came, as issuance tells a payer: groups of fewer than five people are left out there, not here.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

export const DIMENSIONS = ['month', 'programme', 'distributor', 'departement'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const counts = z.object({ vouchers: z.int(), booklets: z.int() });
const row = z.object({
  programmeId: z.string().nullable(), month: z.string().nullable(), distributorId: z.string().nullable(),
  departement: z.string().nullable(), ordered: counts.nullable(), delivered: counts, inStock: counts, handedOver: counts.nullable(),
  firstUse: z.int().nullable(), usedUp: z.int().nullable(),
});
const funnel = z.object({ rows: z.array(row) }).transform(({ rows }) => rows);
export type FunnelRow = z.output<typeof row>;

export function loadFunnel(
  services: Services, bearer: string, by: Dimension, programmeId: string | undefined,
): Promise<Read<readonly FunnelRow[]>> {
  const question = new URLSearchParams({ by, ...(programmeId !== undefined && { programmeId }) });
  return services.get(`/issuance/funnel?${question}`, funnel, bearer);
}
