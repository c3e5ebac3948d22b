// When the vouchers of a batch may lose what is left on them: on no day at any place can they still be claimed, and all
// that was activated is on vouchers. And what each chunk of a run posts.
import { isOverEverywhere, reject, type BatchId, type Cents, type ExpiryRunId, type LocalDate, type Rejected } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';

export type ExpirableBatch = Readonly<{
  batchId: BatchId;
  claimableUntil: LocalDate;
  /** An activated range whose vouchers are still being loaded: its money is on no voucher yet. */
  loading: boolean;
  /** On spendable vouchers. */
  left: Cents;
  latestRun: Readonly<{ runId: ExpiryRunId; finished: boolean }> | null;
}>;

export type ExpiryDecision = Readonly<{ kind: 'start' } | { kind: 'known'; runId: ExpiryRunId }>;

export function decideExpiry(batch: ExpirableBatch, now: Date): ExpiryDecision | Rejected<RefusalCode> {
  const { claimableUntil, loading, left, latestRun } = batch;
  if (!isOverEverywhere(claimableUntil, now)) return reject('claims_open', { claimableUntil });
  if (loading) return reject('batch_loading');
  // A finished run is the end, unless something came after it: an activation that was long under way.
  if (latestRun && (!latestRun.finished || left === 0n)) return { kind: 'known', runId: latestRun.runId };
  return { kind: 'start' };
}

/** Row 22: what was owed to the holders is owed to the payers, until both sides sign what becomes of it. */
export const expiryPosting = (batchId: BatchId, custodyAccountId: string, amount: Cents): Posting => ({
  rule: '22', custodyAccountId,
  transfers: [transfer(accounts.redemption.outstanding(batchId), accounts.clearing('issuance'), amount)],
});

export type IndexRange = Readonly<{ first: number; last: number }>;

/** The next vouchers of a batch of `count`, by index; undefined when all are done. */
export const nextChunk = (nextIndex: number, count: number, chunkMax: number): IndexRange | undefined =>
  (nextIndex < count ? { first: nextIndex, last: Math.min(nextIndex + chunkMax, count) - 1 } : undefined);
