// Which communes of a territory have no place that takes vouchers, and how far the nearest is. A commune whose middle nobody knows is
// unknown: neither near nor far.
import { departementOf, isInTerritory, type Territory } from '#libs/kernel';

export type Position = Readonly<{ latitude: number; longitude: number }>;
/** As the directory of places knows a commune; its middle is that of its known places. */
export type DirectoryCommune = Readonly<{ code: string; name: string | null; listedPlaces: number; position: Position | null }>;
export type AccreditedPlace = Readonly<{ placeId: string; name: string; commune: string | null; position: Position | null }>;
export const COMMUNE_STATES = ['served', 'neighbour', 'far', 'unknown'] as const;
export type CommuneState = (typeof COMMUNE_STATES)[number];
export type CommuneReach = DirectoryCommune & Readonly<{
  departement: string; accreditedPlaces: number;
  /** As the crow flies; null where one of both has no position, or there is no place. */
  nearest: Readonly<{ placeId: string; name: string; km: number }> | null;
  state: CommuneState;
}>;
export type Asked = Readonly<{ territory: Territory; farKm: number }>;
type Known = Readonly<{ directory: readonly DirectoryCommune[]; accredited: readonly AccreditedPlace[] }>;

/** The communes that the territory names, and those of the directory that are in it; by code. */
export function reachOf({ territory, farKm }: Asked, { directory, accredited }: Known): readonly CommuneReach[] {
  const counts = new Map<string | null, number>();
  for (const { commune } of accredited) counts.set(commune, (counts.get(commune) ?? 0) + 1);
  const search = nearestOf(accredited);
  return communesOf(territory, directory).map((commune) => {
    const accreditedPlaces = counts.get(commune.code) ?? 0;
    const nearest = commune.position && search(commune.position);
    const state = stateOf({ accreditedPlaces, nearest, accredited, commune }, farKm);
    return { ...commune, departement: departementOf(commune.code), accreditedPlaces, nearest, state };
  });
}

type Found = Pick<CommuneReach, 'accreditedPlaces' | 'nearest'> & Pick<Known, 'accredited'> & Readonly<{ commune: DirectoryCommune }>;

function stateOf({ accreditedPlaces, nearest, accredited, commune }: Found, farKm: number): CommuneState {
  if (accreditedPlaces > 0) return 'served';
  if (nearest !== null && nearest.km <= farKm) return 'neighbour';
  // A place whose position nobody told may be the nearest: then far is not known either.
  const isSure = commune.position !== null && accredited.every(({ position }) => position !== null);
  return isSure ? 'far' : 'unknown';
}

function communesOf(territory: Territory, directory: readonly DirectoryCommune[]): readonly DirectoryCommune[] {
  const named = territory.flatMap((part) => (part.kind === 'commune' ? [part.code] : part.kind === 'epci' ? part.communes : []));
  const found = new Map(named.map((code): [string, DirectoryCommune] => [code, { code, name: null, listedPlaces: 0, position: null }]));
  for (const commune of directory) if (isInTerritory(commune.code, territory)) found.set(commune.code, commune);
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Sorted from south to north: whatever is further in latitude alone than the best found need not be looked at. */
function nearestOf(accredited: readonly AccreditedPlace[]): (from: Position) => CommuneReach['nearest'] {
  const placed = accredited.flatMap(({ position, ...place }) => (position ? [{ ...place, position }] : []))
    .sort((a, b) => a.position.latitude - b.position.latitude);
  return (from) => {
    let best: CommuneReach['nearest'] = null;
    const middle = firstNorthOf(placed, from.latitude);
    for (const step of [1, -1]) {
      for (let at = step === 1 ? middle : middle - 1; at >= 0 && at < placed.length; at += step) {
        const { placeId, name, position } = placed[at]!;
        if (best && Math.abs(position.latitude - from.latitude) * KM_OF_DEGREE > best.km) break;
        const km = kilometresBetween(from, position);
        if (!best || km < best.km || (km === best.km && placeId < best.placeId)) best = { placeId, name, km };
      }
    }
    return best;
  };
}

function firstNorthOf(placed: readonly Readonly<{ position: Position }>[], latitude: number): number {
  let [low, high] = [0, placed.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (placed[middle]!.position.latitude < latitude) low = middle + 1;
    else high = middle;
  }
  return low;
}

const EARTH_KM = 6_371;
const RADIANS = Math.PI / 180;
const KM_OF_DEGREE = EARTH_KM * RADIANS;

export function kilometresBetween(from: Position, to: Position): number {
  const [north, east] = [(to.latitude - from.latitude) * RADIANS, (to.longitude - from.longitude) * RADIANS];
  const part = Math.sin(north / 2) ** 2 + Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * Math.sin(east / 2) ** 2;
  return EARTH_KM * 2 * Math.asin(Math.sqrt(Math.min(1, part)));
}
