// May an amount of this voucher be held? As it may be redeemed at this moment, and when nothing of it is held: one hold per
// voucher. Pure.
import { isRejected, toWire } from '#libs/kernel';
import type { BodyOf, VoucherAuthorisedV1 } from '#libs/contracts';
import {
  decideRedemption, freeOf, heldRefusal, type Attempt, type Hold, type Redemption, type Standing, type Voucher,
} from '../redeem-voucher/redeem-voucher.decision.js';

/** As it is stored, and told again for ever the same. Its id becomes the id of the redemption. */
export type Authorisation = Readonly<Omit<Redemption, 'balanceAfter' | 'redeemedAt'> & { authorisedAt: Date; heldUntil: Date }>;
export type Authorised = Readonly<{ kind: 'authorised'; authorisation: Authorisation }>;

export function decideAuthorisation(voucher: Voucher | undefined, attempt: Attempt, standing: Standing, holdMs: number) {
  const would = decideRedemption(voucher, attempt, standing);
  if (isRejected(would)) return would;
  if (voucher?.hold) return heldRefusal(voucher.hold, freeOf(voucher));
  const { balanceAfter: _, redeemedAt: authorisedAt, ...asked } = would.redemption;
  const heldUntil = new Date(authorisedAt.getTime() + holdMs);
  return { kind: 'authorised', authorisation: { ...asked, authorisedAt, heldUntil } } as const satisfies Authorised;
}

/** Over at its own instant: from then on anybody may take the voucher. */
export const holdsAt = ({ until }: Pick<Hold, 'until'>, at: Date): boolean => at < until;

export const holdOf = ({ id, amount, heldUntil }: Authorisation): Hold => ({ id, amount, until: heldUntil });

/** What audit learns of it; the index is the voucher's place in its batch. */
export function authorisedEventOf(authorisation: Authorisation, voucherIndex: number): BodyOf<typeof VoucherAuthorisedV1> {
  const { id, voucherId, programmeId, batchId, placeId, siteId, amount, serviceDate, authorisedAt, heldUntil } = authorisation;
  return {
    authorisationId: id, voucherId, programmeId, batchId, placeId, siteId, amountCents: toWire(amount), currency: 'EUR',
    serviceDate, authorisedAt: authorisedAt.toISOString(), heldUntil: heldUntil.toISOString(), voucherIndex,
  };
}
