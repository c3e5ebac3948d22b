// The funnel of vouchers, counted from facts: holdings say where each is, and booklets that were used have a row. A group is
// of vouchers that were ordered in one month; what became of them is as of now.
import type { DistributorId, PayerId, ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { Counts } from '../show-stock/stock-view.store.js';

export const DIMENSIONS = ['programme', 'month', 'distributor', 'departement'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export type FunnelAsked = Readonly<{
  by: readonly Dimension[]; programmeId: ProgrammeId | null; distributorId: DistributorId | null; payerId: PayerId | null;
  /** Of distributors that serve it. */
  commune: string | null; rowsMax: number;
}>;

export type FunnelRow = Readonly<{
  programmeId: ProgrammeId | null; month: string | null; distributorId: DistributorId | null;
  /** Of all communes that the distributor serves; 'several' when they lie in more than one. */
  departement: string | null;
  /** Null where rows are of distributors: nothing is ordered for one. */
  ordered: Counts | null;
  delivered: Counts; inStock: Counts; handedOver: Counts | null;
  /** Booklets. */
  firstUse: number | null; usedUp: number | null;
}>;

type Row = Omit<FunnelRow, 'ordered' | 'delivered' | 'inStock' | 'handedOver'> & Record<'ov' | 'ob' | 'dv' | 'db' | 'sv' | 'sb' | 'hv' | 'hb', number>;

export async function readFunnel(sql: Sql, asked: FunnelAsked): Promise<FunnelRow[]> {
  const { programmeId, distributorId, payerId, commune, rowsMax } = asked;
  const by = (dimension: Dimension): boolean => asked.by.includes(dimension);
  const ofDistributors = by('distributor') || by('departement') || distributorId !== null || commune !== null;
  const rows = await sql.$queryRaw<Row[]>`
    with lot as (
      select b.id, b.booklet_size, b.face_cents, b.count, o.programme_id, to_char(o.placed_at at time zone 'Europe/Paris', 'YYYY-MM') as month
      from issuance.batch b join issuance.order o on o.id = b.order_id
      where (${programmeId}::uuid is null or o.programme_id = ${programmeId}::uuid)
        and (${payerId}::uuid is null or exists (select from issuance.order_share s where s.order_id = o.id and s.payer_id = ${payerId}::uuid))
        and not exists (select from issuance.replacement r where r.batch_id = b.id)),
    who as (
      select d.id, (select case count(distinct c.code) when 0 then null when 1 then min(c.code) else 'several' end
        from (select case when c ~ '^9[78]' then left(c, 3) else left(c, 2) end as code from unnest(d.communes) c) c) as departement
      from issuance.distributor d
      where (${distributorId}::uuid is null or d.id = ${distributorId}::uuid) and (${commune}::text is null or ${commune}::text = any(d.communes))),
    here as materialized (
      select l.id, l.booklet_size, l.face_cents, h.distributor_id, h.place, h.span, h.document_id from lot l
      join issuance.held h on h.batch_id = l.id where h.distributor_id is not null),
    part as (
      select h.id, h.distributor_id, h.place, range_agg(h.span) as spans from here h
      where h.place in ('stock', 'handed_over') or (h.place = 'lost' and exists (select from issuance.stock_loss s where s.id = h.document_id))
      group by 1, 2, 3),
    laid as (
      select p.id, p.distributor_id, whole.spans as delivered, coalesce(stock.spans, '{}') as stock, coalesce(given.spans, '{}') as given
      from (select distinct id, distributor_id from part) p
      cross join lateral (select range_agg(s) as spans from part x, unnest(x.spans) as s where (x.id, x.distributor_id) = (p.id, p.distributor_id)) whole
      left join part stock on (stock.id, stock.distributor_id, stock.place) = (p.id, p.distributor_id, 'stock')
      left join part given on (given.id, given.distributor_id, given.place) = (p.id, p.distributor_id, 'handed_over')),
    -- A booklet is where its first voucher is. Laid out before the join: planned as one, each piece would read all uses.
    booklet as materialized (
      select h.id, h.distributor_id, h.face_cents * h.booklet_size as worth, b.place + 1 as number from here h
      cross join lateral generate_series((lower(h.span) + h.booklet_size - 1) / h.booklet_size, (upper(h.span) - 1) / h.booklet_size) as b(place)),
    used as (
      select b.id as batch_id, b.distributor_id, count(*) as begun, count(*) filter (where u.redeemed_cents - u.undone_cents >= b.worth) as used_up
      from booklet b join issuance.booklet_use u on u.batch_id = b.id and u.booklet = b.number and u.redeemed_count > u.undone_count
      group by 1, 2),
    fact as (
      select a.id, a.distributor_id, 0 as ov, 0 as ob, d.vouchers as dv, d.booklets as db, s.vouchers as sv, s.booklets as sb,
        g.vouchers as hv, g.booklets as hb, 0::bigint as begun, 0::bigint as used_up
      from laid a join lot l on l.id = a.id
      cross join lateral issuance.count_of(a.delivered, l.booklet_size) as d(vouchers, booklets)
      cross join lateral issuance.count_of(a.stock, l.booklet_size) as s(vouchers, booklets)
      cross join lateral issuance.count_of(a.given, l.booklet_size) as g(vouchers, booklets)
      union all
      select u.batch_id, u.distributor_id, 0, 0, 0, 0, 0, 0, 0, 0, u.begun, u.used_up from used u
      union all
      select l.id, null, l.count, l.count / l.booklet_size, 0, 0, 0, 0, 0, 0, 0, 0 from lot l where not ${ofDistributors}::boolean)
    select case when ${by('programme')}::boolean then l.programme_id end as "programmeId", case when ${by('month')}::boolean then l.month end as month,
      case when ${by('distributor')}::boolean then f.distributor_id end as "distributorId",
      case when ${by('departement')}::boolean then w.departement end as departement,
      sum(f.ov)::int as ov, sum(f.ob)::int as ob, sum(f.dv)::int as dv, sum(f.db)::int as db, sum(f.sv)::int as sv, sum(f.sb)::int as sb,
      sum(f.hv)::int as hv, sum(f.hb)::int as hb, sum(f.begun)::int as "firstUse", sum(f.used_up)::int as "usedUp"
    from fact f join lot l on l.id = f.id left join who w on w.id = f.distributor_id
    where f.distributor_id is null or w.id is not null
    group by 1, 2, 3, 4 order by 1 nulls first, 2, 3, 4 limit ${rowsMax}::int`;
  return rows.map(({ ov, ob, dv, db, sv, sb, hv, hb, ...row }) => ({
    ...row, ordered: ofDistributors ? null : counts(ov, ob), delivered: counts(dv, db), inStock: counts(sv, sb), handedOver: counts(hv, hb),
  }));
}

const counts = (vouchers: number, booklets: number): Counts => ({ vouchers, booklets });
