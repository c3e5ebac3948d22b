// What somebody who holds a voucher may take along of its last use: a receipt, with the place, for one without it would prove nothing.
// Pure.
import type { ServiceCode } from '#libs/contracts';
import { isRejected, reject, type Cents, type LocalDate, type RedemptionId, type Rejected } from '#libs/kernel';
import type { LookedUp } from '../look-up-voucher/look-up-voucher.decision.js';
import type { RefusalCode } from '../refusals.js';

export type LastUse = Readonly<{
  redemptionId: RedemptionId; placeName: string; commune: string | null; service: ServiceCode | null; serviceDate: LocalDate;
  redeemedAt: Date; amount: Cents; coPayment: Cents; leftAfter: Cents;
  /** The day it was taken back, whole: the voucher has its value again. */
  undoneOn: LocalDate | null;
}>;
export type Receipt = Readonly<{ kind: 'receipt'; use: LastUse; lookedUp: LookedUp }>;

/** Who is told nothing of a voucher is told nothing of its use: unknown and not active yet stay one answer. */
export function decideReceipt(lookedUp: LookedUp | Rejected, use: LastUse | undefined): Receipt | Rejected {
  if (isRejected(lookedUp)) return lookedUp;
  return use ? { kind: 'receipt', use, lookedUp } : reject('voucher_without_use' satisfies RefusalCode);
}
