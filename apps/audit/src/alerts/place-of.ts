import type { Principal } from '#libs/auth';
import { Problem } from '#libs/http';
import { idOf, type PlaceId } from '#libs/kernel';

/** A place comes from the verified token, never from the request. */
export function placeOf({ organisationKind, partyId }: Principal): PlaceId {
  if (organisationKind !== 'place' || !partyId) throw new Problem('role_missing');
  return idOf('place', partyId);
}
