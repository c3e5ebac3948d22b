// What somebody who holds a voucher, and nothing else, is told of it: what is left, or why it cannot be used. Where it was used is told
// by its receipt alone, which is asked for by itself (ADR 0082); when, to the day. Pure.
import { minus, reject, ZERO, type Cents, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { ServiceCode } from '#libs/contracts';
import type { RefusalCode } from '../refusals.js';

export type FoundVoucher = Readonly<{
  programmeId: ProgrammeId; programmeName: string | null; unit: boolean; face: Cents; balance: Cents; expired: Cents;
  usableUntil: LocalDate; services: readonly ServiceCode[];
  /** False until money covers it and its whole batch is loaded. */
  spendable: boolean;
  expiring: boolean; frozen: boolean; stoppedOn: LocalDate | null; usedOn: LocalDate | null; today: LocalDate;
  /** What a till is about to take, until when. */
  hold: Readonly<{ amount: Cents; until: Date }> | null;
}>;

export const VOUCHER_STATES = ['usable', 'held', 'used', 'stopped', 'expired', 'frozen'] as const;
export type VoucherState = (typeof VOUCHER_STATES)[number];

export type LookedUp = Readonly<{ kind: 'looked_up'; state: VoucherState; available: Cents; voucher: FoundVoucher }>;

/** Unknown and not active yet are one answer, as at a till: nobody finds out here which codes exist. */
export function decideLookUp(voucher: FoundVoucher | undefined) {
  if (!voucher?.spendable) return reject('voucher_not_found' satisfies RefusalCode);
  const state = stateOf(voucher);
  return { kind: 'looked_up', state, available: state === 'usable' ? freeOf(voucher) : ZERO, voucher } as const satisfies LookedUp;
}

const freeOf = ({ balance, hold }: FoundVoucher): Cents => (hold ? minus(balance, hold.amount) : balance);

/** In the order of what is hardest to change: a voucher that was stopped and has expired was stopped. */
function stateOf(voucher: FoundVoucher): VoucherState {
  const { balance, expired, expiring, frozen, stoppedOn, today, usableUntil } = voucher;
  if (stoppedOn) return 'stopped';
  if (balance === ZERO && expired === ZERO) return 'used';
  if (expired > ZERO || expiring || today > usableUntil) return 'expired';
  if (frozen) return 'frozen';
  return freeOf(voucher) === ZERO ? 'held' : 'usable';
}
