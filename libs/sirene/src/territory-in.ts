// A territory in a request body: any mixture of communes, EPCI, départements and régions by their official codes.
import { z } from 'zod';
import { isCommune, isDepartement, isRegion, type Territory } from '#libs/kernel';
import { sirenIn } from './numbers.js';

/** A commune by its INSEE code; Corsica has letters. */
export const communeIn = z.string().refine(isCommune, 'expected the INSEE code of a commune');
const departementIn = z.string().refine(isDepartement, 'expected the code of a département');
const regionIn = z.string().refine(isRegion, 'expected the INSEE code of a région');

const part = (communesMax: number) => z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('commune'), code: communeIn }),
  z.strictObject({ kind: z.literal('departement'), code: departementIn }),
  z.strictObject({ kind: z.literal('region'), code: regionIn }),
  z.strictObject({
    kind: z.literal('epci'), code: sirenIn,
    communes: z.array(communeIn).min(1).max(communesMax).describe('its members: they change each January, and no code says them'),
  }),
]);

const sizeOf = (territory: Territory): number =>
  territory.reduce((size, part) => size + (part.kind === 'epci' ? part.communes.length : 1), 0);
const isOnce = (territory: Territory): boolean => new Set(territory.map(({ kind, code }) => `${kind}:${code}`)).size === territory.length;

/** Empty is everywhere. `codesMax`: parts, and communes of EPCI, together. */
export const territoryIn = (codesMax: number) => z.array(part(codesMax)).max(codesMax)
  .refine((territory) => sizeOf(territory) <= codesMax, `expected at most ${codesMax} codes`)
  .refine(isOnce, 'expected each part once');
