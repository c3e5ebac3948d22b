import { z } from 'zod';
import type { Read, Services } from '../services.js';

const move = z.object({ place: z.string(), agentId: z.string().nullable(), movedAt: z.string() });
const foundShape = z.object({
  batchId: z.string(), first: z.int(), last: z.int(), place: z.string(), since: z.string(), isStopped: z.boolean(), moves: z.array(move),
});
export type Found = z.output<typeof foundShape>;
const quotaShape = z.object({ month: z.string(), vouchersPerMonth: z.int(), used: z.int() });
export type Quota = z.output<typeof quotaShape>;

export const loadFound = (services: Services, bearer: string, serial: string): Promise<Read<Found>> =>
  services.get(`/issuance/whereabouts?${new URLSearchParams({ serial })}`, foundShape, bearer);

export const loadQuota = (services: Services, bearer: string, distributorId: string): Promise<Read<Quota>> =>
  services.get(`/issuance/distributors/${distributorId}/replacement-quota`, quotaShape, bearer);
