// The pools of the commons as settlement tells them to everybody.
import { z } from 'zod';
import type { Say } from '../language.js';

/** In addresses and forms: the pool of no programme. */
export const NATIONAL_POOL = 'national';
type Named = Readonly<{ programmeId: string | null; programmeName: string | null }>;
export const poolKey = ({ programmeId }: Pick<Named, 'programmeId'>): string => programmeId ?? NATIONAL_POOL;
/** As the services want it again. */
export const programmeIdOf = (key: string): string | null => (key === NATIONAL_POOL ? null : key);
export const poolName = (say: Say, { programmeId, programmeName }: Named): string =>
  (programmeId === null ? say('Caisse nationale', 'National pool') : programmeName ?? programmeId);

const rule = z.object({
  version: z.int(), from: z.string(), operatorCapBasisPoints: z.int().nullable(), localBasisPoints: z.int().nullable(), deciders: z.int(),
});
export type PoolRule = z.output<typeof rule>;
const gift = z.object({ reference: z.string(), accounts: z.array(z.object({ holder: z.string(), iban: z.string(), bic: z.string() })) });
const pool = z.object({
  programmeId: z.string().nullable(), programmeName: z.string().nullable(), inCents: z.int(), outCents: z.int(), balanceCents: z.int(),
  setAsideCents: z.int(), movements: z.int(), gift: gift.nullable(), rule: rule.nullable(), announced: rule.nullable(),
});
export type Pool = z.output<typeof pool>;
export const poolsShape = z.object({ items: z.array(pool) });

const movement = z.object({
  number: z.int(), eventId: z.string(), at: z.string(), kind: z.string(), postingRule: z.string(),
  amountCents: z.int(), parts: z.int(), balanceCents: z.int(),
  sharingRules: z.array(z.object({ programmeId: z.string(), version: z.int() })),
  allocation: z.object({ legalName: z.string().nullable(), reason: z.string(), votes: z.int() }).nullable(),
});
export type Movement = z.output<typeof movement>;
export const movementsShape = z.object({ items: z.array(movement), nextCursor: z.string().nullable() });
export type Movements = z.output<typeof movementsShape>;
