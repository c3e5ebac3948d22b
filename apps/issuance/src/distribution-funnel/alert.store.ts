// What somebody should ask a distributor about.
import type { BatchId, DistributorId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

export const ALERT_KINDS = ['sleeping_stock', 'never_used'] as const;
export type AlertsAsked = Readonly<{ distributorId: DistributorId | null; days: number; rowsMax: number }>;
export type Alert = Readonly<{
  kind: (typeof ALERT_KINDS)[number]; distributorId: DistributorId; batchId: BatchId; vouchers: number; booklets: number;
  /** Of stock, its last move; of what was handed over, the earliest hand-over among them. */
  since: Date;
}>;

/** Whatever moved after `before` does not sleep. What sleeps longest comes first. */
export async function listAlerts(sql: Sql, { distributorId, rowsMax }: AlertsAsked, before: Date): Promise<Alert[]> {
  return sql.$queryRaw<Alert[]>`
    with here as (
      select h.distributor_id, h.batch_id, h.place, h.span, h.moved_at from issuance.held h
      where h.place in ('stock', 'handed_over') and (${distributorId}::uuid is null or h.distributor_id = ${distributorId}::uuid)),
    moved as (
      select h.distributor_id, h.batch_id, max(h.moved_at) as at from (
        select distributor_id, batch_id, moved_at from issuance.holding
        where distributor_id is not null and (${distributorId}::uuid is null or distributor_id = ${distributorId}::uuid)
        union all
        select from_distributor_id, batch_id, shipped_at from issuance.delivery
        where from_distributor_id is not null and (${distributorId}::uuid is null or from_distributor_id = ${distributorId}::uuid)) h group by 1, 2),
    stock as (
      select h.distributor_id, h.batch_id, range_agg(h.span) as spans, m.at from here h
      join moved m on (m.distributor_id, m.batch_id) = (h.distributor_id, h.batch_id)
      where h.place = 'stock' and m.at <= ${before} group by 1, 2, 4),
    given as (
      select h.distributor_id, h.batch_id, range_agg(h.span) as spans, min(h.moved_at) as at from here h
      where h.place = 'handed_over' and h.moved_at <= ${before} group by 1, 2),
    begun as (
      select g.distributor_id, g.batch_id, range_agg(int4range((u.booklet - 1) * b.booklet_size, u.booklet * b.booklet_size)) as spans
      from given g join issuance.batch b on b.id = g.batch_id
      join issuance.booklet_use u on u.batch_id = g.batch_id and u.redeemed_count > u.undone_count group by 1, 2),
    found as (
      select 'sleeping_stock' as kind, distributor_id, batch_id, spans, at from stock
      union all
      -- What is stopped was lost, and somebody asked for it already.
      select 'never_used', g.distributor_id, g.batch_id, g.spans - coalesce(u.spans, '{}') - stopped.spans, g.at
      from given g left join begun u on (u.distributor_id, u.batch_id) = (g.distributor_id, g.batch_id)
      cross join lateral (select coalesce(range_agg(int4range(s.first, s.last, '[]')), '{}') as spans
        from issuance.stopped_range s where s.batch_id = g.batch_id) stopped)
    select f.kind, f.distributor_id as "distributorId", f.batch_id as "batchId", c.vouchers, c.booklets, f.at as since
    from found f join issuance.batch b on b.id = f.batch_id
    cross join lateral issuance.count_of(f.spans, b.booklet_size) as c(vouchers, booklets)
    where c.vouchers > 0 order by f.at, f.kind, f.distributor_id, f.batch_id limit ${rowsMax}::int`;
}
