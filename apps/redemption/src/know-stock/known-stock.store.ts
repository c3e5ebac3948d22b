// A copy of what issuance says of distributors' stock, for whoever may stop vouchers: never edited here.
import type { Tx } from '#libs/persistence';

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
