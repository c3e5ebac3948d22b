// Which communes a territory has. A commune's INSEE code says its département, and a département is of one région; which
// communes are of an EPCI no code says, and it changes each January: whoever names an EPCI lists them.

export const TERRITORY_KINDS = ['commune', 'epci', 'departement', 'region'] as const;
export type TerritoryKind = (typeof TERRITORY_KINDS)[number];
export type TerritoryPart =
  | Readonly<{ kind: 'commune' | 'departement' | 'region'; code: string }>
  | Readonly<{ kind: 'epci'; code: string; communes: readonly string[] }>;
/** Any mixture; empty is everywhere. */
export type Territory = readonly TerritoryPart[];

/** The départements of each région by INSEE codes, since 2016. Communes of a collectivity overseas (97x, 98x) are of none. */
const DEPARTEMENTS_OF: Readonly<Record<string, string>> = {
  '01': '971', '02': '972', '03': '973', '04': '974', '06': '976',
  11: '75 77 78 91 92 93 94 95', 24: '18 28 36 37 41 45', 27: '21 25 39 58 70 71 89 90', 28: '14 27 50 61 76',
  32: '02 59 60 62 80', 44: '08 10 51 52 54 55 57 67 68 88', 52: '44 49 53 72 85', 53: '22 29 35 56',
  75: '16 17 19 23 24 33 40 47 64 79 86 87', 76: '09 11 12 30 31 32 34 46 48 65 66 81 82',
  84: '01 03 07 15 26 38 42 43 63 69 73 74', 93: '04 05 06 13 83 84', 94: '2A 2B',
};
const REGION_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(DEPARTEMENTS_OF).flatMap(([region, codes]) => codes.split(' ').map((code) => [code, region] as const)),
);

const COMMUNE = /^(\d{2}|2[AB])\d{3}$/;
export const isCommune = (code: string): boolean => COMMUNE.test(code);
/** The code as a cell of a published file has it. A spreadsheet takes the zero in front: 1004 is in the Ain. */
export function communeText(cell: string): string {
  const text = cell.trim().toUpperCase();
  return /^\d{4}$/.test(text) ? `0${text}` : text;
}
export const isDepartement = (code: string): boolean => REGION_OF.has(code);
export const isRegion = (code: string): boolean => Object.hasOwn(DEPARTEMENTS_OF, code);

/** By the beginning of its code: two characters, overseas three. */
export const departementOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
/** Undefined for a commune of a collectivity that is no département. */
export const regionOf = (commune: string): string | undefined => REGION_OF.get(departementOf(commune));

export const isInTerritory = (commune: string, territory: Territory): boolean =>
  territory.length === 0 || territory.some((part) => hasCommune(part, commune));

function hasCommune(part: TerritoryPart, commune: string): boolean {
  switch (part.kind) {
    case 'commune': return part.code === commune;
    case 'epci': return part.communes.includes(commune);
    case 'departement': return part.code === departementOf(commune);
    case 'region': return part.code === regionOf(commune);
  }
}
