import { z } from 'zod';
import type { Read, Services } from '../services.js';

const handOver = z.object({
  handOverId: z.string(), batchId: z.string(), label: z.string(), bookletSize: z.int(), agentId: z.string().nullable(),
  first: z.int(), last: z.int(), inseeCode: z.string().nullable(), publicCategory: z.string().nullable(),
  handedOverAt: z.string(), returnedAt: z.string().nullable(),
});
const handOversShape = z.object({ items: z.array(handOver) }).transform(({ items }) => items);
export const handOverShape = handOver;
export type HandOver = z.output<typeof handOver>;

/** Enough to find what was handed over a moment ago, at several desks at once. */
export const loadLatest = (services: Services, bearer: string): Promise<Read<readonly HandOver[]>> =>
  services.get('/issuance/hand-overs?limit=10', handOversShape, bearer);

export const madeShape = z.object({
  handOvers: z.array(z.object({ handOverId: z.string(), first: z.int(), last: z.int() })),
  ending: z.array(z.object({ usableUntil: z.string(), stop: z.boolean() })),
});

/** For whom, in general; never a person. */
export const PUBLICS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  young: ['Jeunes', 'Young people'], students: ['Étudiants', 'Students'], families: ['Familles', 'Families'], seniors: ['Seniors', 'Seniors'],
  women: ['Femmes', 'Women'], job_seekers: ['Demandeurs d’emploi', 'Job seekers'], other: ['Autre', 'Other'],
};
