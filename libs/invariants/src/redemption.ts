// Redemption's vouchers against its ledger: what is left on the vouchers is what the ledger says is outstanding.
import { movements, type Invariant } from './invariant.js';

/**
 * Vouchers that money came in for: their index lies in an activated range of their batch, or they replace such ones. As one
 * set of indices per batch: a voucher is looked up in it, where it would be compared with each of a thousand ranges.
 */
const activatedBalance = `
  select v.batch_id, sum(v.balance) as balance from redemption.voucher v join (
    select batch_id, range_agg(int4range(first, last, '[]')) as indices from redemption.spendable_range group by batch_id) r using (batch_id)
  where r.indices @> v.index group by v.batch_id`;

/** Redemptions that stand. */
const redeemed = `
  select r.* from redemption.redemption r where not exists (select 1 from redemption.undone_redemption u where u.redemption_id = r.id)`;

/** What moved to a batch that replaces vouchers of another, less what moved from it to others. */
const replaced = `
  select batch_id, sum(amount) as amount from (
    select batch_id, amount from redemption.replacement
    union all select replaced_batch_id, -amount from redemption.replacement) p group by batch_id`;

/** Ranges whose money is booked while their vouchers are still being loaded: outstanding, yet on no voucher so far. */
const notYetSpendable = `select batch_id, sum(amount) as amount from redemption.voucher_range where spendable_at is null group by batch_id`;

/** Extensions whose value is booked while it is still being put back on vouchers. */
const restoring = `
  select e.batch_id, sum(e.amount - coalesce(c.amount, 0)) as amount from redemption.batch_extension e
  left join (select event_id, sum(amount) as amount from redemption.restored_chunk group by event_id) c using (event_id)
  where e.restored_at is null group by e.batch_id`;

const outstanding = `
  select split_part(account, ':', 2)::uuid as batch_id, -sum(amount) as amount
  from (${movements('redemption')}) m where account like 'outstanding:%' group by account`;

/** Chunks are cut at multiples of this (EXPIRY_CHUNK_MAX of redemption), so chunks of two runs can be added up by place. */
const EXPIRY_SLICE = 10_000;

const expiredByBatch = `
  select e.batch_id, sum(c.amount) as amount from redemption.expiry_chunk c join redemption.expiry_run e on e.id = c.run_id group by e.batch_id`;

export const REDEMPTION_RULES: readonly Invariant[] = [
  {
    id: 'R30',
    holds: 'no voucher of an order is redeemed while it is frozen, but for what was being decided in the minute in which it was',
    tier: 'local', schema: 'redemption',
    fault: 'redeem a frozen voucher',
    sql: `select 'redemption:' || r.id as row_named, 'at ' || r.redeemed_at || ', frozen by ' || f.dispute_id || ' since ' || f.frozen_at as detail
      from redemption.freeze f join redemption.batch b on b.order_id = f.order_id join redemption.redemption r on r.batch_id = b.id
      left join redemption.freeze_end e on e.dispute_id = f.dispute_id and e.outcome = 'won'
      where r.redeemed_at > f.frozen_at + interval '1 minute' and (e.ended_at is null or r.redeemed_at < e.ended_at)`,
  },
  {
    id: 'R33',
    holds: 'no service is redeemed that a suspension or a withdrawal of its place bars, nor one of before it after 30 days, but for what was being decided in the minute in which it came',
    tier: 'local', schema: 'redemption',
    fault: 'redeem at a suspended place',
    sql: `select 'redemption:' || r.id || ', measure:' || m.id as row_named,
        'service of ' || r.service_date || ' at ' || r.redeemed_at || ', ' || m.kind || ' from ' || m.from_day as detail
      from redemption.measure m join redemption.redemption r on r.place_id = m.place_id and r.programme_id = m.programme_id
      join redemption.site s on s.place_id = m.place_id
      left join lateral (select min(e.from_day) as until_day from redemption.measure_end e
        where e.measure_id = m.id and e.ended_at <= r.redeemed_at) e on true
      where r.redeemed_at > m.decided_at + interval '1 minute' and (
        (r.service_date >= m.from_day and (e.until_day is null or r.service_date < e.until_day))
        or (e.until_day is null and r.service_date < m.from_day and (r.redeemed_at at time zone s.time_zone)::date > m.from_day + 30))`,
  },
  {
    id: 'R36',
    holds: 'no service is redeemed of a day on which its place had left, nor one of before it after 30 days, but for what was being decided in the minute in which it said so',
    tier: 'local', schema: 'redemption',
    fault: 'redeem at a place that left',
    sql: `select 'redemption:' || r.id || ', departure:' || d.id as row_named,
        'service of ' || r.service_date || ' at ' || r.redeemed_at || ', left from ' || d.from_day as detail
      from redemption.departure d join redemption.redemption r on r.place_id = d.place_id and r.programme_id = d.programme_id
      join redemption.site s on s.place_id = d.place_id
      left join redemption.departure_end e on e.departure_id = d.id and e.ended_at <= r.redeemed_at
      where r.redeemed_at > d.stated_at + interval '1 minute' and (
        (r.service_date >= d.from_day and (e.from_day is null or r.service_date < e.from_day))
        or (e.from_day is null and r.service_date < d.from_day and (r.redeemed_at at time zone s.time_zone)::date > d.from_day + 30))`,
  },
  {
    id: 'L3',
    holds: 'what is outstanding of a batch is what is left on its activated vouchers',
    tier: 'local', schema: 'redemption',
    fault: 'change the balance of one voucher',
    sql: `with o as (${outstanding}), v as (${activatedBalance}), w as (${notYetSpendable}), b as (${restoring})
      select 'batch:' || coalesce(o.batch_id, v.batch_id) as row_named,
        'outstanding ' || coalesce(o.amount, 0) || ', on vouchers ' || coalesce(v.balance, 0) || ', loading ' || coalesce(w.amount, 0)
          || ', coming back ' || coalesce(b.amount, 0) as detail
      from o full join v using (batch_id) left join w using (batch_id) left join b using (batch_id)
      where coalesce(o.amount, 0) <> coalesce(v.balance, 0) + coalesce(w.amount, 0) + coalesce(b.amount, 0)`,
  },
  {
    id: 'L5',
    holds: 'what was activated of a batch, with what replacements moved and extensions gave back, is outstanding, redeemed and not undone, or expired',
    tier: 'local', schema: 'redemption',
    fault: 'change the amount of one redemption',
    sql: `with o as (${outstanding}),
      a as (select batch_id, sum(amount) as amount from redemption.voucher_range group by batch_id),
      p as (${replaced}),
      r as (select batch_id, sum(amount) as amount from (${redeemed}) x group by batch_id),
      e as (${expiredByBatch}),
      x as (select batch_id, sum(amount) as amount from redemption.batch_extension group by batch_id)
      select 'batch:' || b.id as row_named,
        'activated ' || coalesce(a.amount, 0) || ', replaced ' || coalesce(p.amount, 0) || ', outstanding ' || coalesce(o.amount, 0)
          || ', redeemed ' || coalesce(r.amount, 0) || ', expired ' || coalesce(e.amount, 0) || ', extended ' || coalesce(x.amount, 0) as detail
      from redemption.batch b left join a on a.batch_id = b.id left join p on p.batch_id = b.id left join o on o.batch_id = b.id
        left join r on r.batch_id = b.id left join e on e.batch_id = b.id left join x on x.batch_id = b.id
      where coalesce(a.amount, 0) + coalesce(p.amount, 0) + coalesce(x.amount, 0) <> coalesce(o.amount, 0) + coalesce(r.amount, 0) + coalesce(e.amount, 0)`,
  },
  {
    id: 'R1',
    holds: 'each redemption is posted once, with its own amount',
    tier: 'local', schema: 'redemption',
    fault: 'edit the amount of one redemption as a superuser',
    sql: `select 'redemption:' || coalesce(r.id, t.event_id) as row_named,
        'redeemed ' || coalesce(r.amount::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from redemption.redemption r full join (select * from redemption.transfer where rule = '7') t on t.event_id = r.id
      where r.amount is distinct from t.amount`,
  },
  {
    id: 'R2',
    holds: 'a unit voucher is redeemed once, a balance voucher never beyond its face, but for what was undone, and neither what has expired',
    tier: 'local', schema: 'redemption',
    fault: 'redeem a voucher a second time, with its balance put back',
    sql: `select 'voucher:' || v.id as row_named, count(*) || ' redemptions of ' || sum(r.amount) || ' cents and ' || v.expired || ' expired on a face of ' || v.face as detail
      from redemption.voucher v join (${redeemed}) r on r.voucher_id = v.id
      group by v.id, v.face, v.unit, v.expired having sum(r.amount) + v.expired > v.face or (v.unit and count(*) > 1)`,
  },
  {
    id: 'R3',
    holds: 'services were rendered by the last day of use, and claimed by the last day of claims, at the site',
    tier: 'local', schema: 'redemption',
    fault: 'redeem after the last claim day',
    sql: `select 'redemption:' || r.id as row_named,
        'service of ' || r.service_date || ' claimed ' || r.redeemed_at || ', allowed to ' || b.usable_until || ' and ' || b.claimable_until as detail
      from redemption.redemption r join redemption.batch b on b.id = r.batch_id join redemption.site s on s.id = r.site_id
      where r.service_date > b.usable_until or (r.redeemed_at at time zone s.time_zone)::date > b.claimable_until`,
  },
  {
    id: 'R4',
    holds: 'each redemption says what audit was told of it',
    tier: 'inspector',
    fault: 'edit the amount of one paid redemption as a superuser',
    sql: `select 'redemption:' || r.id as row_named,
        'now ' || r.amount || ' cents of place ' || r.place_id || ', told audit ' || (e.body ->> 'amountCents') || ' of ' || (e.body ->> 'placeId') as detail
      from redemption.redemption r join audit.event e on e.id = r.id
      where r.amount <> (e.body ->> 'amountCents')::bigint or r.place_id <> (e.body ->> 'placeId')::uuid
        or r.voucher_id <> (e.body ->> 'voucherId')::uuid or r.batch_id <> (e.body ->> 'batchId')::uuid`,
  },
  {
    id: 'R7',
    holds: 'each undone redemption is posted back once, with its own amount, against its own posting',
    tier: 'local', schema: 'redemption',
    fault: 'undo a redemption without a posting',
    sql: `select 'undone_redemption:' || coalesce(u.id, t.event_id) as row_named,
        'undone ' || coalesce(r.amount::text, 'nothing') || ', posted back ' || coalesce(t.amount::text, 'nothing') as detail
      from redemption.undone_redemption u join redemption.redemption r on r.id = u.redemption_id
      full join (select * from redemption.transfer where rule = '8') t on t.event_id = u.id and t.reverses_event_id = r.id
      where r.amount is distinct from t.amount or u.amount is distinct from r.amount`,
  },
  {
    id: 'R8',
    holds: 'what moved to replacements is posted from one batch to the other, and is left on no stopped voucher that was replaced',
    tier: 'local', schema: 'redemption',
    fault: 'replace vouchers without a posting',
    sql: `select 'replacement:' || coalesce(p.batch_id::text, t.event_id::text) as row_named,
        'moved ' || coalesce(p.amount::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from (select * from redemption.replacement where amount > 0) p
      full join (select * from redemption.transfer where rule = '9') t on t.event_id = p.event_id
        and t.debit = 'outstanding:' || p.replaced_batch_id and t.credit = 'outstanding:' || p.batch_id
      where p.amount is distinct from t.amount
      union all
      select 'voucher:' || v.id, 'was replaced and holds ' || v.balance
      from redemption.replacement p join redemption.voucher v on v.batch_id = p.replaced_batch_id and v.index between p.first and p.last
      where v.balance <> 0 and exists (select 1 from redemption.spendable_range r
        where r.batch_id = v.batch_id and v.index between r.first and r.last)`,
  },
  {
    id: 'R5',
    holds: 'what the chunks of expiry runs took, less what extensions put back, is what the vouchers in them lost, in number and in cents',
    tier: 'local', schema: 'redemption',
    fault: 'let one voucher lose what no chunk says',
    sql: `with moved as (
        select e.batch_id, c.first / ${EXPIRY_SLICE} as slice, c.count, c.amount from redemption.expiry_chunk c join redemption.expiry_run e on e.id = c.run_id
        union all
        select x.batch_id, c.first / ${EXPIRY_SLICE}, -c.count, -c.amount from redemption.restored_chunk c join redemption.batch_extension x using (event_id)),
      said as (select batch_id, slice, nullif(sum(count), 0) as count, nullif(sum(amount), 0) as amount from moved group by 1, 2),
      lost as (select batch_id, index / ${EXPIRY_SLICE} as slice, count(*) as count, sum(expired) as amount
        from redemption.voucher where expired > 0 group by 1, 2)
      select 'batch:' || batch_id || ' from ' || slice * ${EXPIRY_SLICE} as row_named,
        'chunks took ' || coalesce(said.amount, 0) || ' cents of ' || coalesce(said.count, 0) || ' vouchers, the vouchers lost '
          || coalesce(lost.amount, 0) || ' of ' || coalesce(lost.count, 0) as detail
      from said full join lost using (batch_id, slice)
      where said.amount is distinct from lost.amount or said.count is distinct from lost.count`,
  },
  {
    id: 'R6',
    holds: 'each chunk of an expiry run is posted once, with its own amount',
    tier: 'local', schema: 'redemption',
    fault: 'delete the posting of one chunk',
    sql: `select 'expiry_chunk:' || coalesce(c.run_id || '/' || c.chunk, t.event_id::text) as row_named,
        'took ' || coalesce(c.amount::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from redemption.expiry_chunk c full join (select * from redemption.transfer where rule = '22') t on t.event_id = c.event_id
      where c.amount is distinct from t.amount`,
  },
  {
    id: 'R35',
    holds: 'a hold on a voucher is what its authorisation says, which is neither confirmed nor cancelled; what was confirmed is of that voucher, and no more',
    tier: 'local', schema: 'redemption',
    fault: 'hold a voucher for no authorisation',
    sql: `select 'voucher:' || v.id as row_named, 'holds ' || v.held || ' until ' || v.held_until || ' for ' || v.hold_id || ', which says '
          || coalesce(a.amount::text, 'nothing') || case when r.id is not null then ', is confirmed' else '' end
          || case when c.id is not null then ', is cancelled' else '' end as detail
      from redemption.voucher v left join redemption.authorisation a on a.id = v.hold_id
      left join redemption.redemption r on r.id = a.id left join redemption.cancelled_authorisation c on c.id = a.id
      where v.hold_id is not null and ((a.voucher_id, a.amount, a.held_until) is distinct from (v.id, v.held, v.held_until)
        or r.id is not null or c.id is not null)
      union all
      select 'authorisation:' || a.id, 'of ' || a.amount || ' was confirmed with ' || r.amount || case when c.id is not null then ' after it was cancelled' else '' end
      from redemption.authorisation a join redemption.redemption r on r.id = a.id left join redemption.cancelled_authorisation c on c.id = a.id
      where r.voucher_id <> a.voucher_id or r.place_id <> a.place_id or r.amount > a.amount or c.id is not null`,
  },
  {
    id: 'R24',
    holds: 'each extension of expired vouchers is posted once, with its own amount, and put back what it says when it is done',
    tier: 'local', schema: 'redemption',
    fault: 'extend a batch without a posting',
    sql: `select 'batch_extension:' || coalesce(e.event_id, t.event_id) as row_named,
        'gives back ' || coalesce(e.amount::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from (select * from redemption.batch_extension where amount > 0) e
      full join (select * from redemption.transfer where rule = '24') t on t.event_id = e.event_id and t.credit = 'outstanding:' || e.batch_id
      where e.amount is distinct from t.amount
      union all
      select 'batch_extension:' || e.event_id, 'is done and put back ' || coalesce(sum(c.amount), 0) || ' of ' || e.amount
      from redemption.batch_extension e left join redemption.restored_chunk c using (event_id)
      where e.restored_at is not null group by e.event_id, e.amount having e.amount <> coalesce(sum(c.amount), 0)`,
  },
];
