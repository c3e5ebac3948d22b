// Would this voucher be taken here and now, and what is left on it? The same decision as that of a redemption. Pure.
import { cents, isRejected, type Cents } from '#libs/kernel';
import {
  decideRedemption, freeOf, type Attempt, type Batch, type Standing, type Voucher,
} from '../redeem-voucher/redeem-voucher.decision.js';

export type Checked = Readonly<{
  kind: 'checked';
  batch: Batch;
  /** What can be taken at once. */
  takeable: Cents;
  /** What is left and not held. */
  free: Cents;
  heldUntil?: Date;
}>;

/** Without an amount it is asked for one cent of a balance: whether anything can be taken. */
const SOMETHING = cents(1);

export function decideCheck(voucher: Voucher | undefined, attempt: Attempt, standing: Standing) {
  const asked = attempt.amount ?? (voucher?.batch.unit === false ? SOMETHING : undefined);
  const would = decideRedemption(voucher, { ...attempt, ...(asked !== undefined && { amount: asked }) }, standing);
  if (isRejected(would)) return would;
  const { batch, hold } = voucher!;
  const free = freeOf(voucher!);
  const takeable = batch.redemptionMax !== undefined && batch.redemptionMax < free ? batch.redemptionMax : free;
  return { kind: 'checked', batch, takeable, free, ...(hold && { heldUntil: hold.until }) } as const satisfies Checked;
}
