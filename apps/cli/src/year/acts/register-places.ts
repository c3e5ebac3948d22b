// The places that exist. Few of them will ever take a voucher.
import { inFlight } from '../../world/in-flight.js';
import { sirenOf, siretOf } from '../../world/samples.js';
import { IN_FLIGHT, operatorOf, type Year } from '../year.js';

export type RegisteredPlace = Readonly<{ placeId: string; name: string; siren: string; timeZone: string }>;

const PLACES = 60;

export async function registerPlaces(year: Year): Promise<RegisteredPlace[]> {
  const operator = operatorOf(year);
  const places = await inFlight(IN_FLIGHT, Array.from({ length: PLACES }, (_, index) => index + 1), async (number) => {
    const siren = sirenOf(1_000 + number);
    const place = { name: `Espace numérique ${number}`, timeZone: 'Europe/Paris' };
    const { placeId } = await operator.post<{ placeId: string }>('/redemption/places', {
      siret: siretOf(siren), name: place.name, site: place,
    });
    return { placeId, siren, ...place };
  });
  year.tell(`${places.length} made-up places are registered: those of the file come with its import`);
  return places;
}
