import type { Principal } from '#libs/auth';
import { assert, idOf, type DistributorId, type PayerId } from '#libs/kernel';

/** The payer that somebody calls for; null for the operator and for auditors, who see all of them. */
export function payerOf({ organisationKind, partyId }: Principal): PayerId | null {
  if (organisationKind !== 'payer') return null;
  assert(partyId, 'a member of a payer without a payer');
  return idOf('payer', partyId);
}

/** The distributor that somebody calls for; null for the operator and for auditors, who see all of them. */
export function distributorOf({ organisationKind, partyId }: Principal): DistributorId | null {
  if (organisationKind !== 'distributor') return null;
  assert(partyId, 'a member of a distributor without a distributor');
  return idOf('distributor', partyId);
}

/** Where only a distributor may call. */
export function ownDistributorOf(caller: Principal): DistributorId {
  const distributorId = distributorOf(caller);
  assert(distributorId, 'the role of a distributor without a distributor');
  return distributorId;
}
