// May a place take the vouchers of a programme? Somebody has to be payable for it, and it has to be where the programme is.
import { isInTerritory, reject, type Rejected, type Territory } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** `commune`: as a published file says, or null. */
export type Candidate = Readonly<{ siret: string | null; commune: string | null }>;
export type Accreditable = Readonly<{ siret: string }>;
/** `territory`: of the rules that count on the first day; undefined when nobody told of the programme. */
export type Wanted = Readonly<{ inseeCode: string | null; territory: Territory | undefined }>;

/** Returns the place with the commune by which it was judged. */
export function decideAccreditation<Place extends Candidate>(
  place: Place | undefined, { inseeCode, territory }: Wanted,
): (Place & Accreditable) | Rejected<RefusalCode> {
  if (!place) return reject('place_not_found');
  const { siret } = place;
  if (siret === null) return reject('place_without_siret');
  if (!territory) return reject('programme_not_found');
  // What is published outweighs what somebody says, or a typing error would move a place.
  if (place.commune !== null && inseeCode !== null && inseeCode !== place.commune) {
    return reject('place_commune_differs', { inseeCode: place.commune });
  }
  const commune = place.commune ?? inseeCode;
  if (commune === null && territory.length > 0) return reject('place_commune_unknown');
  if (commune !== null && !isInTerritory(commune, territory)) return reject('place_outside_territory', { inseeCode: commune });
  return { ...place, siret, commune };
}
