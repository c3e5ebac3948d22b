import type { Service } from '#libs/contracts';
import { reject, type PayoutStopId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type PayoutStop = Readonly<{
  stopId: PayoutStopId; service: Service; invariant: string; rowNamed: string; stoppedAt: Date; lifted: boolean;
}>;

/** `stillBroken`: a row that breaks the same invariant now, as far as settlement can look by itself; of another service it cannot. */
export function decideLifting(
  stop: PayoutStop | undefined, stillBroken: string | undefined,
): Readonly<{ kind: 'lifted'; stop: PayoutStop }> | Rejected<RefusalCode> {
  if (!stop) return reject('payout_stop_unknown');
  if (stop.lifted) return reject('payout_stop_lifted');
  if (stillBroken !== undefined) return reject('invariant_still_broken', { invariant: stop.invariant, row: stillBroken });
  return { kind: 'lifted', stop };
}
