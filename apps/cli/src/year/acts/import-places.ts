// The places that exist, from a file in the national standard. Few of them will ever take a voucher.
import { inFlight } from '../../world/in-flight.js';
import { sirenOf, siretOf } from '../../world/samples.js';
import { ACTIVE_MIN } from '../plan/cast.decision.js';
import { IN_FLIGHT, operatorOf, type Year } from '../year.js';
import { importText, importTwice, rowsOf } from './import-table.js';

export type KnownPlace = Readonly<{ placeId: string; name: string; siren: string; timeZone: string }>;
type ListedPlace = Readonly<{ placeId: string; siret: string; name: string; site: { timeZone: string } }>;

const PATH = '/redemption/place-imports';
const SIREN_LENGTH = 9;
const MADE_UP_FROM = 1_000;

/** Those that can be accredited, in the order of their numbers: a place without a SIRET can be paid for by nobody. */
export async function importPlaces(year: Year): Promise<KnownPlace[]> {
  const done = await importTwice(year, PATH, year.wish.placesFile);
  year.folder.files.placeRows = year.folder.write('places-rows.csv', await rowsOf(year, PATH, done));
  year.tell(importText(done));
  const listed = await operatorOf(year).list<ListedPlace>('/redemption/places?accreditable=true');
  const places = listed.map(({ placeId, siret, name, site }): KnownPlace & { siret: string } =>
    ({ placeId, siret, name, siren: siret.slice(0, SIREN_LENGTH), timeZone: site.timeZone }));
  places.sort((a, b) => (a.siret === b.siret ? a.placeId.localeCompare(b.placeId) : a.siret < b.siret ? -1 : 1));
  return [...places, ...await registerMissing(year, new Set(places.map(({ siren }) => siren)).size)];
}

/** A file may name too few legal bodies for a year to be played with. */
async function registerMissing(year: Year, bodies: number): Promise<KnownPlace[]> {
  const count = Math.max(0, ACTIVE_MIN - bodies);
  if (count === 0) return [];
  year.tell(`the file names ${bodies} legal bodies that can be paid: ${count} made-up places are registered beside them`);
  return inFlight(IN_FLIGHT, Array.from({ length: count }, (_, index) => MADE_UP_FROM + index), async (number) => {
    const siren = sirenOf(number);
    const place = { name: `Espace numérique ${number}`, timeZone: 'Europe/Paris' };
    const { placeId } = await operatorOf(year).post<{ placeId: string }>('/redemption/places', { siret: siretOf(siren), name: place.name, site: place });
    return { placeId, siren, ...place };
  });
}
