// What the pages of territory ask: where no place is from redemption, what services came to and who would gain from audit.
import { z } from 'zod';
import type { Read, Services } from '../services.js';
import { loadTargets, type Targets } from '../territory-targets/targets.data.js';

const orNull = z.number().nullable();
const commune = z.object({
  code: z.string(), name: z.string().nullable(), departement: z.string(), listedPlaces: z.int(), latitude: orNull, longitude: orNull,
  nearest: z.object({ name: z.string(), km: z.number() }).nullable(), state: z.enum(['served', 'neighbour', 'far', 'unknown']),
});
export const ZONES = ['rural', 'urban', 'unknown_density', 'with_quarter', 'unknown_quarter'] as const;
export type Zone = (typeof ZONES)[number];
const states = z.object({ served: z.int(), neighbour: z.int(), far: z.int(), unknown: z.int() });
const zoneLists = z.array(z.object({ list: z.enum(['density', 'quarters']), importId: z.string(), rows: z.int(), since: z.string() }));
const communeZonesShape = z.object({
  items: z.array(z.object({ commune: z.string(), zones: z.array(z.enum(ZONES)) })),
});
export type CommuneZones = z.output<typeof communeZonesShape>;
export const desertsShape = z.object({
  programmeId: z.string(), on: z.string(), farKm: z.int(),
  communes: states,
  places: z.array(z.object({ placeId: z.string(), name: z.string(), commune: z.string().nullable(), latitude: orNull, longitude: orNull })),
  zones: z.array(z.object({ zone: z.enum(ZONES), communes: states })), zoneLists,
  items: z.array(commune), placesWithoutCommune: z.int(), imports: z.array(z.object({ importId: z.string(), places: z.int() })),
});
export type Deserts = z.output<typeof desertsShape>;
export type Commune = z.output<typeof commune>;

const areasShape = z.object({
  readTo: z.int(), money: z.object({ activatedCents: z.int(), redeemedCents: z.int(), expiredCents: z.int(), payers: z.int() }),
  areas: z.array(z.object({
    kind: z.enum(['commune', 'epci', 'departement', 'programme']), code: z.string().nullable(), redemptions: z.int(), redeemedCents: z.int(),
    people: z.int(), places: z.int(), minutes: z.int().nullable(),
  })),
});
export type Areas = z.output<typeof areasShape>;
export type Area = Areas['areas'][number];

const earningsShape = z.object({
  year: z.int(), isOver: z.boolean(), readTo: z.int(),
  range: z.object({ version: z.int(), low: z.int(), high: z.int(), source: z.string(), sourceYear: z.int() }).nullable(),
  bands: z.object({ below: z.int(), within: z.int(), above: z.int() }).nullable(),
  places: z.array(z.object({
    placeId: z.string(), name: z.string().nullable(), commune: z.string().nullable(), takenCents: z.int(), redemptions: z.int(),
    band: z.enum(['below', 'within', 'above']).nullable(), locatedBy: z.string().nullable(),
  })).nullable(),
});
export type Earnings = z.output<typeof earningsShape>;

export const reasonsShape = z.object({ items: z.array(z.object({
  thirdParty: z.enum(['state', 'employer', 'family_fund', 'pension_fund', 'hospital', 'bank', 'energy_supplier', 'foundation']),
  where: z.array(z.enum(['places', 'vouchers', 'payers'])), reason: z.object({ fr: z.string(), en: z.string() }),
  basis: z.enum(['source', 'ours']), source: z.string(), sourceYear: z.int(),
})) });
export type Reasons = z.output<typeof reasonsShape>;

export type Asked = Readonly<{ programmeId: string; from: string; to: string }>;
export type Territory = Readonly<{
  deserts: Read<Deserts>; areas: Read<Areas>; earnings: Read<Earnings>; targets: Read<Targets>; reasons: Read<Reasons>;
  /** Of the communes of areas and places. */
  zones: Read<CommuneZones> | null;
}>;

export const loadReasons = (services: Services): Promise<Read<Reasons>> => services.getPublic('/audit/third-parties', reasonsShape);
export const loadDeserts = (services: Services, programmeId: string, headers: Readonly<Record<string, string>>): Promise<Read<Deserts>> =>
  services.getPublic(`/redemption/deserts?programmeId=${programmeId}`, desertsShape, headers);

/** The year of places is that of the last month: the ratio is a year's, whatever months are looked at. */
export async function loadTerritory(
  services: Services, bearer: string,
  { asked: { programmeId, from, to }, headers }: Readonly<{ asked: Asked; headers: Readonly<Record<string, string>> }>,
): Promise<Territory> {
  const year = to.slice(0, 4);
  const [deserts, areas, earnings, targets, reasons] = await Promise.all([
    loadDeserts(services, programmeId, headers),
    services.get(`/audit/areas?${new URLSearchParams({ programmeId, from, to })}`, areasShape, bearer),
    services.get(`/audit/place-earnings?year=${year}`, earningsShape, bearer),
    loadTargets(services, bearer, { programmeId, year }),
    loadReasons(services),
  ]);
  const communes = [...(areas.ok ? areas.value.areas.flatMap(({ kind, code }) => (kind === 'commune' && code !== null ? [code] : [])) : []),
    ...(earnings.ok ? (earnings.value.places ?? []).flatMap(({ commune: of }) => of ?? []) : [])];
  return { deserts, areas, earnings, targets, reasons, zones: await loadZones(services, communes, headers) };
}

const COMMUNES_MAX = 1_000;

/** Null: there is no commune to ask about, or more than are asked about at once. */
async function loadZones(
  services: Services, communes: readonly string[], headers: Readonly<Record<string, string>>,
): Promise<Read<CommuneZones> | null> {
  const codes = [...new Set(communes)];
  if (codes.length === 0 || codes.length > COMMUNES_MAX) return null;
  return services.getPublic(`/redemption/zones?communes=${codes.join(',')}`, communeZonesShape, headers);
}
