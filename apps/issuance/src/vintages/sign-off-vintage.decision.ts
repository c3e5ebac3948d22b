// Whether a payer may sign a step off: what it saw, once, and the fifteenth day before the seventh.
import { reject, type BatchId, type LocalDate, type OrderId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export const SIGNED_STEPS = ['fifteen_days', 'seven_days'] as const;
export type SignedStep = (typeof SIGNED_STEPS)[number];

export type BatchFigures = Readonly<{
  batchId: BatchId; orderId: OrderId; claimableUntil: LocalDate;
  /** Of all vouchers of the batch: printed or not, handed over or not. */
  issuedCount: number; handedOverCount: number;
  /** Money came in for them; some of them were used, wholly or in part. */
  spendableCount: number; startedCount: number; leftCents: number;
}>;
export type SignableVintage = Readonly<{
  step: SignedStep; batches: readonly BatchFigures[]; signed: readonly SignedStep[]; sha256: string;
}>;

/** A step that is not due has no batches, and neither has the vintage of somebody else. */
export function decideSignOff({ step, batches, signed, sha256 }: SignableVintage, sawSha256: string): Rejected<RefusalCode> | undefined {
  if (batches.length === 0) return reject('vintage_not_found');
  if (signed.includes(step)) return reject('vintage_signed_off');
  if (step === 'seven_days' && !signed.includes('fifteen_days')) return reject('vintage_step_before');
  return sha256 === sawSha256 ? undefined : reject('vintage_hash_differs');
}
