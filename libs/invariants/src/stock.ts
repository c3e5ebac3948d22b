// Where vouchers are, and who has their codes: nothing of it is money, all of it is what money will be asked of.
import { owed, underway, type Invariant } from './invariant.js';

/** Where vouchers are by the holdings: what is left of each without those taken out of it. */
const held = `
  select h.batch_id, h.place, h.distributor_id, h.document_id, int4multirange(h.span) - coalesce(gone.spans, '{}') as spans
  from issuance.holding h
  left join (select parent_id, range_agg(span) as spans from issuance.holding where parent_id is not null group by parent_id) gone on gone.parent_id = h.id`;

/** Counted range by range and together: fewer than the batch is a hole, more is a voucher in two places. */
const torn = `
  select 'batch:' || b.id as row_named, 'of its ' || b.count || ' vouchers ' || coalesce(l.count, 0) || ' are somewhere, in ' || coalesce(l.spans, '{}') as detail
  from issuance.batch b
  left join (select batch_id, range_agg(span) as spans, sum(upper(span) - lower(span)) as count from spread group by 1) l on l.batch_id = b.id
  where l.count is distinct from b.count or l.spans is distinct from int4multirange(int4range(0, b.count))`;

/** What documents say of the places that they put vouchers in: hand-overs not taken back, deliveries without their outcomes, losses. */
const documents = `
  select batch_id, distributor_id, 'handed_over' as place, span from issuance.hand_over where returned_at is null
  union all
  select d.batch_id, case when d.kind <> 'return' then d.distributor_id end, 'under_way', u.span
  from issuance.delivery d
  cross join lateral (select coalesce(range_agg(o.span), '{}') as spans from issuance.delivery_outcome o where o.delivery_id = d.id) settled
  cross join lateral unnest(int4multirange(d.span) - settled.spans) as u(span)
  union all
  select batch_id, distributor_id, 'lost', span from issuance.delivery_outcome where outcome = 'lost'
  union all
  select batch_id, distributor_id, case reason when 'destroyed' then 'destroyed' else 'lost' end, int4range(first, last, '[]') from issuance.stock_loss`;

const summed = (rows: string): string => `
  select batch_id, coalesce(distributor_id::text, 'the operator') as holder, place, range_agg(span) as spans, sum(upper(span) - lower(span)) as count
  from ${rows} where place in ('handed_over', 'under_way', 'lost', 'destroyed') group by 1, 2, 3`;

const unlike = `
  select 'batch:' || batch_id, place || ' of ' || holder || ': documents say ' || coalesce(said.spans, '{}') || ', holdings ' || coalesce(placed.spans, '{}')
  from (${summed('documents')}) said full join (${summed('spread')}) placed using (batch_id, holder, place)
  where said.spans is distinct from placed.spans or said.count is distinct from placed.count`;

const said = `
  select id as range_id, batch_id, distributor_id, first, last, outcome = 'received' as is_received, outcome = 'returned' as is_returned
    from issuance.delivery_outcome where outcome in ('received', 'returned')
  union all select id, batch_id, distributor_id, first, last, false, returned_at is not null from issuance.hand_over`;

const known = `
  select range_id, batch_id, distributor_id, first, last, received_at is not null as is_received, returned_at is not null as is_returned
    from redemption.known_stock
  union all select range_id, batch_id, distributor_id, first, last, false, true from redemption.known_return`;

export const STOCK_RULES: readonly Invariant[] = [
  {
    id: 'K1',
    holds: 'every voucher of a batch is in one place: printer, operator, under way, a stock, handed over, returned, lost or destroyed; and documents say the same of it',
    tier: 'local', schema: 'issuance',
    fault: 'lay a range at two places; leave a hole; hand over what was never received; ship one range twice',
    sql: `with held as (${held}),
      spread as materialized (select h.batch_id, h.distributor_id, h.place, s.span from held h cross join lateral unnest(h.spans) as s(span)),
      documents as (${documents})
      ${torn} union all ${unlike}`,
  },
  {
    id: 'K2',
    holds: 'a batch has its key until all of it is delivered or lost, and not after',
    tier: 'local', schema: 'issuance',
    fault: 'destroy the key of a batch that was never shipped',
    sql: `select 'batch:' || b.id as row_named,
        case when b.wrapped_key is null then 'has no key' else 'has its key' end || ', and of its ' || b.count
          || ' vouchers there have left the operator ' || coalesce(o.spans, '{}') as detail
      from issuance.batch b
      left join (select batch_id, range_agg(span) as spans from issuance.holding
        where place in ('stock', 'lost', 'returned', 'destroyed') and parent_place in ('printer', 'operator', 'under_way') group by batch_id) o on o.batch_id = b.id
      where (b.wrapped_key is null) <> (o.spans is not distinct from int4multirange(int4range(0, b.count)))`,
  },
  {
    id: 'K3',
    holds: 'audit is told each time that codes leave',
    tier: 'inspector',
    fault: 'make audit forget a download',
    sql: `select 'print_download:' || d.id as row_named, 'taken by ' || d.taken_by || ' on ' || d.taken_at as detail
      from issuance.print_download d
      where not exists (select from audit.event e where e.id = d.id)
        and not exists (select from (${underway('issuance', 'audit')}) u where u.id = d.id)`,
  },
  {
    id: 'K4',
    holds: 'redemption knows what distributors received, handed over and gave back, as far as messages have arrived',
    tier: 'inspector',
    fault: 'let redemption believe a hand-over that nobody made',
    sql: `with said as (${said}), known as (${known}), open as (select message -> 'body' as body from (${owed('issuance', 'redemption')}) o)
      select 'range:' || range_id as row_named,
        'issuance says ' || coalesce(to_jsonb(said)::text, 'nothing') || ', redemption knows ' || coalesce(to_jsonb(known)::text, 'nothing') as detail
      from said full join known using (range_id)
      where to_jsonb(said) is distinct from to_jsonb(known)
        and not exists (select from open where range_id::text in (body ->> 'deliveryOutcomeId', body ->> 'handOverId'))`,
  },
  {
    id: 'K5',
    holds: 'what was used of booklets is what was used of their batch, where redemptions say of which voucher they were',
    tier: 'local', schema: 'issuance',
    fault: 'count a redemption of a booklet twice',
    sql: `select 'batch:' || b.batch_id as row_named,
        'booklets: ' || u.count || ' for ' || u.cents || ' cents; the batch: ' || b.redeemed_count || ' for ' || b.redeemed_cents as detail
      from issuance.batch_funnel b
      join (select batch_id, sum(redeemed_count) as count, sum(redeemed_cents) as cents, sum(undone_count) as undone, sum(undone_cents) as undone_cents
        from issuance.booklet_use group by batch_id) u on u.batch_id = b.batch_id
      -- Fewer, where some were told of before vouchers had their index said; never more.
      where u.count > b.redeemed_count or u.cents > b.redeemed_cents or u.undone > b.undone_count or u.undone_cents > b.undone_cents`,
  },
];
