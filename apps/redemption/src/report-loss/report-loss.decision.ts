// What may somebody do who lost vouchers: with the code, stop it; with a number, ask for it. And who answers. Pure.
import { reject, ZERO, type DistributorId, type LocalDate } from '#libs/kernel';
import type { FoundVoucher } from '../look-up-voucher/look-up-voucher.decision.js';
import type { RefusalCode } from '../refusals.js';
import type { Range } from '../till/reference.decision.js';

export type StopByHolder = Readonly<{ kind: 'stop' }> | Readonly<{ kind: 'stopped_before'; stoppedOn: LocalDate }>;

/** Of what is used up nothing is left to save; that is told, with the day. A voucher past its end is stopped all the same: no harm. */
export function decideStopByHolder(voucher: FoundVoucher | undefined) {
  if (!voucher?.spendable) return reject('voucher_not_found' satisfies RefusalCode);
  const { stoppedOn, balance, expired, usedOn } = voucher;
  if (stoppedOn) return { kind: 'stopped_before', stoppedOn } as const satisfies StopByHolder;
  if (balance === ZERO && expired === ZERO) return reject('voucher_used' satisfies RefusalCode, usedOn ? { usedOn } : {});
  return { kind: 'stop' } as const satisfies StopByHolder;
}

export type PrintedBatch = Readonly<{ count: number; bookletSize: number | null }>;

/** Which vouchers a number on paper stands for; `place`: the index of a voucher, or which booklet from 0. */
export function decideReported(batch: PrintedBatch | undefined, { kind, place }: Readonly<{ kind: 'voucher' | 'booklet'; place: number }>) {
  const size = kind === 'voucher' ? 1 : batch?.bookletSize;
  if (!batch || !size || place < 0) return reject('number_not_found' satisfies RefusalCode);
  const range: Range = { first: place * size, last: Math.min((place + 1) * size, batch.count) - 1 };
  return range.first < batch.count ? { kind: 'reported', range } as const : reject('number_not_found' satisfies RefusalCode);
}

export type OpenReport = Readonly<{ distributorId: DistributorId | null; answered: boolean }>;

/** Undefined: yes. Another's report is none. */
export function refuseAnswer(report: OpenReport | undefined, distributorId: DistributorId | null) {
  if (!report || (distributorId && report.distributorId !== distributorId)) return reject('loss_report_not_found' satisfies RefusalCode);
  return report.answered ? reject('loss_report_answered' satisfies RefusalCode) : undefined;
}
