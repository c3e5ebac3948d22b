import type { Principal } from '#libs/auth';
import { Problem } from '#libs/http';
import { idOf, type PlaceId } from '#libs/kernel';

/** Whose statements and holds may be seen: all of them, or those of the payee behind one place. */
export type Reader = Readonly<{ placeId: PlaceId | null }>;

/** A place comes from the verified token, never from the request. */
export function readerOf({ organisationKind, partyId }: Principal): Reader {
  if (organisationKind !== 'place') return { placeId: null };
  if (!partyId) throw new Problem('role_missing');
  return { placeId: idOf('place', partyId) };
}
