// A copy of what issuance says of distributors' stock, for whoever may stop vouchers: never edited here.
import type { Tx } from '#libs/persistence';
import type { Range } from '../till/reference.decision.js';

type Moment = 'receivedAt' | 'handedOverAt' | 'returnedAt';
export type StockNews = Readonly<{ rangeId: string; batchId: string; distributorId: string; first: number; last: number }>
  & Readonly<Partial<Record<Moment, string>>>;

/**
 * Each message fills its own moment and leaves the others: a return may come before the hand-over that it takes back, and
 * either may come twice.
 */
export async function mergeStock(
  tx: Tx, { rangeId, batchId, distributorId, first, last, ...moments }: StockNews,
): Promise<void> {
  const { receivedAt = null, handedOverAt = null, returnedAt = null } = moments;
  await tx.sql.$executeRaw`
    insert into redemption.known_stock as known (range_id, batch_id, distributor_id, first, last, received_at, handed_over_at, returned_at)
    values (${rangeId}::uuid, ${batchId}::uuid, ${distributorId}::uuid, ${first}, ${last}, ${receivedAt}::timestamptz,
      ${handedOverAt}::timestamptz, ${returnedAt}::timestamptz)
    on conflict (range_id) do update set
      received_at = coalesce(known.received_at, excluded.received_at),
      handed_over_at = coalesce(known.handed_over_at, excluded.handed_over_at),
      returned_at = coalesce(known.returned_at, excluded.returned_at)`;
}

export type GivenBack = Range & Readonly<{ rangeId: string; batchId: string; distributorId: string; givenBackAt: string }>;

export async function insertGivenBack(tx: Tx, { rangeId, batchId, distributorId, first, last, givenBackAt }: GivenBack): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.known_return (range_id, batch_id, distributor_id, first, last, given_back_at)
    values (${rangeId}::uuid, ${batchId}::uuid, ${distributorId}::uuid, ${first}, ${last}, ${givenBackAt}::timestamptz)
    on conflict (range_id) do nothing`;
}

/** Who received a range at a moment; null: the operator, back from a distributor. */
export type Arrival = Range & Readonly<{ distributorId: string | null }>;

/** All arrivals of vouchers of the batch within `ranges`, the latest first: the first that has a voucher says who has it. */
export async function arrivalsWithin(tx: Tx, batchId: string, ranges: readonly Range[]): Promise<Arrival[]> {
  return tx.sql.$queryRaw<Arrival[]>`
    with asked as (
      select range_agg(int4range(r.first, r.last, '[]')) as spans
      from unnest(${ranges.map(({ first }) => first)}::int[], ${ranges.map(({ last }) => last)}::int[]) as r(first, last)),
    arrival as (
      select range_id, received_at as at, distributor_id, first, last from redemption.known_stock
      where batch_id = ${batchId}::uuid and received_at is not null
      union all
      select range_id, given_back_at, null, first, last from redemption.known_return where batch_id = ${batchId}::uuid)
    select a.distributor_id as "distributorId", a.first, a.last from arrival a, asked
    where asked.spans && int4range(a.first, a.last, '[]') order by a.at desc, a.range_id desc`;
}
