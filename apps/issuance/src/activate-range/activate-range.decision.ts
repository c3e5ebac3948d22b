// When a range of vouchers may become spendable: all of them are loaded where they will be spent, none is active yet,
// and for each payer money that arrived covers its share. Cover is the balance of `prefund` and nothing else.
import { accounts, transfer, type Posting } from '#libs/ledger';
import {
  cents, minus, plus, reject, sum, ZERO,
  type BatchId, type Cents, type LocalDate, type PayerId, type ProgrammeId, type Rejected,
} from '#libs/kernel';
import { sharesBetween, type OrderShare, type PayerAmount } from '../order-share.decision.js';
import type { RefusalCode } from '../refusals.js';
import { countOf, rangeOf, type AskedRange, type BoundBatch, type Range } from '../voucher-range.decision.js';

export type ActivatableBatch = BoundBatch & Readonly<{
  batchId: BatchId;
  programmeId: ProgrammeId;
  custodyAccountId: string;
  face: Cents;
  loaded: boolean;
  isReplacement: boolean;
  usableUntil: LocalDate;
  /** The order's total and shares, and how many of its cents were activated before, in any batch. */
  order: Readonly<{ total: Cents; activated: Cents; shares: readonly OrderShare[] }>;
}>;

/** What is true now, besides the batch: who has which cover, and which active range touches the asked one. */
export type Cover = Readonly<{
  today: LocalDate;
  overlap: Range | undefined;
  /** A part of it that no till would take: stopped, lost or destroyed. */
  unusable: Range | undefined;
  available: ReadonlyMap<PayerId, Cents>;
}>;

export type Activation = Readonly<{
  kind: 'activated'; range: Range; amount: Cents; shares: readonly PayerAmount[]; posting: Posting;
}>;

export function decideActivation(
  batch: ActivatableBatch | undefined, asked: AskedRange, cover: Cover,
): Activation | Rejected<RefusalCode> {
  if (!batch) return reject('batch_not_found');
  if (cover.today > batch.usableUntil) return reject('programme_ended', { usableUntil: batch.usableUntil });
  const range = rangeOf(asked, batch);
  if (!range) return reject('range_outside_batch', { count: batch.count });
  if (batch.isReplacement) return reject('batch_is_replacement');
  if (!batch.loaded) return reject('batch_not_loaded');
  if (cover.overlap) return reject('range_already_activated', { ...cover.overlap });
  if (cover.unusable) return reject('range_stopped', { ...cover.unusable });

  const { order, face } = batch;
  const amount = cents(BigInt(countOf(range)) * face);
  const shares = sharesBetween(order, order.activated, plus(order.activated, amount));
  const missing = sum(shares.map((share) => shortOf(share, cover.available)));
  if (missing > 0n) return reject('insufficient_coverage', { missingCents: Number(missing), neededCents: Number(amount) });
  return { kind: 'activated', range, amount, shares, posting: postingOf(batch, shares) };
}

function shortOf({ payerId, amount }: PayerAmount, available: Cover['available']): Cents {
  const balance = available.get(payerId) ?? ZERO;
  return amount > balance ? minus(amount, balance) : ZERO;
}

/** Row 6: one transfer per payer, in the order of payer ids, so that two activations lock balances in one order. */
function postingOf({ programmeId, custodyAccountId }: ActivatableBatch, shares: readonly PayerAmount[]): Posting {
  const inLockOrder = [...shares].sort((a, b) => (a.payerId < b.payerId ? -1 : 1));
  return {
    rule: '6', custodyAccountId,
    transfers: inLockOrder.map(({ payerId, amount }) =>
      transfer(accounts.issuance.prefund(programmeId, payerId), accounts.clearing('redemption'), amount)),
  };
}
