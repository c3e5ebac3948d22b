// Where vouchers are, and who has their codes: nothing of it is money, all of it is what money will be asked of.
import { owed, underway, type Invariant } from './invariant.js';

const laid = `
  select batch_id, distributor_id, 'shipped' as what, span from issuance.delivery
  union all select batch_id, distributor_id, 'settled', span from issuance.delivery_outcome
  union all select batch_id, distributor_id, 'received', span from issuance.delivery_outcome where outcome = 'received'
  union all select batch_id, distributor_id, 'handed over', span from issuance.hand_over where returned_at is null`;

/** Of each kind, what is there twice: the vouchers counted range by range are more than the ranges together have. */
const twice = `
  select 'batch:' || batch_id as row_named, what || ' twice, in part' as detail
  from (select batch_id, what, range_agg(span) as spans, sum(upper(span) - lower(span)) as count from laid group by 1, 2) a
  where count <> (select sum(upper(s) - lower(s)) from unnest(spans) as s)`;

/** What a distributor settled it was shipped; what it handed over it had received. */
const outside = `
  select 'batch:' || inside.batch_id, inside.what || ' ' || inside.spans || ', of which distributor ' || inside.distributor_id || ' has '
    || coalesce(around.spans, '{}')
  from whole inside left join whole around on around.batch_id = inside.batch_id and around.distributor_id = inside.distributor_id
    and around.what = case inside.what when 'settled' then 'shipped' when 'handed over' then 'received' end
  where inside.what in ('settled', 'handed over') and not inside.spans <@ coalesce(around.spans, '{}')`;

const said = `
  select id as range_id, batch_id, distributor_id, first, last, true as is_received, false as is_returned
    from issuance.delivery_outcome where outcome = 'received'
  union all select id, batch_id, distributor_id, first, last, false, returned_at is not null from issuance.hand_over`;

const known = `
  select range_id, batch_id, distributor_id, first, last, received_at is not null as is_received, returned_at is not null as is_returned
  from redemption.known_stock`;

export const STOCK_RULES: readonly Invariant[] = [
  {
    id: 'K1',
    holds: 'every voucher of a batch is in one place: with the operator, under way, lost, in one stock or handed over out of it',
    tier: 'local', schema: 'issuance',
    fault: 'hand over what was never received; ship one range twice',
    sql: `with laid as (${laid}),
      whole as (select batch_id, distributor_id, what, range_agg(span) as spans from laid group by 1, 2, 3)
      ${twice}
      union all ${outside}
      union all
      select 'batch:' || w.batch_id, 'shipped ' || w.spans || ' of ' || b.count
      from whole w join issuance.batch b on b.id = w.batch_id
      where w.what = 'shipped' and not w.spans <@ int4multirange(int4range(0, b.count))`,
  },
  {
    id: 'K2',
    holds: 'a batch has its key until all of it is delivered or lost, and not after',
    tier: 'local', schema: 'issuance',
    fault: 'destroy the key of a batch that was never shipped',
    sql: `select 'batch:' || b.id as row_named,
        case when b.wrapped_key is null then 'has no key' else 'has its key' end || ', and ' || coalesce(o.count, 0) || ' of its ' || b.count
          || ' vouchers are delivered or lost' as detail
      from issuance.batch b
      left join (select batch_id, sum(last - first + 1) as count from issuance.delivery_outcome group by batch_id) o on o.batch_id = b.id
      where (b.wrapped_key is null) <> (coalesce(o.count, 0) = b.count)`,
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
    holds: 'redemption knows what distributors received and handed over, as far as messages have arrived',
    tier: 'inspector',
    fault: 'let redemption believe a hand-over that nobody made',
    sql: `with said as (${said}), known as (${known}), open as (select message -> 'body' as body from (${owed('issuance', 'redemption')}) o)
      select 'range:' || range_id as row_named,
        'issuance says ' || coalesce(to_jsonb(said)::text, 'nothing') || ', redemption knows ' || coalesce(to_jsonb(known)::text, 'nothing') as detail
      from said full join known using (range_id)
      where to_jsonb(said) is distinct from to_jsonb(known)
        and not exists (select from open where range_id::text in (body ->> 'deliveryOutcomeId', body ->> 'handOverId'))`,
  },
];
