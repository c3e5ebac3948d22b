// One's own place as redemption tells it: for its sheet, and for its accreditation.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const programme = { programmeId: z.string(), programmeName: z.string().nullable() };
const shape = z.object({
  siret: z.string().nullable(), name: z.string(), timeZone: z.string(), street: z.string().nullable(), complement: z.string().nullable(),
  postalCode: z.string().nullable(), commune: z.string().nullable(),
  listing: z.object({
    services: z.array(z.string()), telephones: z.array(z.string()), emails: z.array(z.string()), websites: z.array(z.string()),
    updatedOn: z.string().nullable(),
    sources: z.array(z.string()),
  }).nullable(),
  openingHours: z.object({ text: z.string(), understood: z.boolean(), state: z.enum(['open', 'closed', 'unknown']).nullable(), nextChange: z.string().nullable() }).nullable(),
  accreditations: z.array(z.object({
    ...programme, accreditationVersion: z.int(), from: z.string(), to: z.string(), services: z.array(z.string()),
    decidedAt: z.string(), isLatest: z.boolean(), leavesFrom: z.string().nullable(),
  })),
  openProgrammes: z.array(z.object(programme)),
});
export type OwnPlace = z.output<typeof shape>;

export const loadOwnPlace = (services: Services, bearer: string): Promise<Read<OwnPlace>> => services.get('/redemption/own-place', shape, bearer);
