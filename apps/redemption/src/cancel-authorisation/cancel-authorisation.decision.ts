// May an authorisation be given up? By its own place, while it is no redemption; lapsed ones too, so that nobody confirms them
// any more. Pure.
import { reject, toWire, type AuthorisationId, type BatchId, type Cents, type PlaceId, type Rejected, type VoucherId } from '#libs/kernel';
import type { BodyOf, VoucherReleasedV1 } from '#libs/contracts';
import type { RefusalCode } from '../refusals.js';

export type Cancellable = Readonly<{
  authorisationId: AuthorisationId;
  voucherId: VoucherId;
  batchId: BatchId;
  placeId: PlaceId;
  amount: Cents;
  /** What its confirmation took. */
  confirmed: Cents | null;
  cancelledAt: Date | null;
}>;

type Cancelling = Readonly<{ placeId: PlaceId; at: Date }>;
export type Cancellation =
  | Readonly<{ kind: 'cancelled'; event: BodyOf<typeof VoucherReleasedV1> }>
  /** Asked again under another key: it is what was asked for. */
  | Readonly<{ kind: 'known'; cancelledAt: Date }>;

export function decideCancellation(found: Cancellable | undefined, { placeId, at }: Cancelling): Cancellation | Rejected<RefusalCode> {
  if (found?.placeId !== placeId) return reject('authorisation_not_found');
  const { authorisationId, voucherId, batchId, amount, confirmed, cancelledAt } = found;
  if (confirmed !== null) return reject('authorisation_confirmed', { amountCents: toWire(confirmed) });
  if (cancelledAt) return { kind: 'known', cancelledAt };
  return { kind: 'cancelled', event: {
    authorisationId, voucherId, batchId, placeId, amountCents: toWire(amount), currency: 'EUR', cancelledAt: at.toISOString(),
  } };
}
