// What redemptions were priced by: a tariff of the place that counted on the day of the service, within the bounds of the rules.
import type { Invariant } from './invariant.js';

export const TARIFF_RULES: readonly Invariant[] = [
  {
    id: 'P1',
    holds: 'the tariff that a redemption keeps is one of its place and service, that counted on the day of the service, at its price',
    tier: 'local', schema: 'redemption',
    fault: 'let a redemption keep a tariff that nobody declared',
    sql: `select 'redemption:' || r.id as row_named,
        'keeps version ' || r.tariff_version || ' at ' || r.tariff_price || ' for ' || r.service_date || ', declared '
          || coalesce(t.price || ' from ' || t.from_day, 'nothing') as detail
      from redemption.redemption r
      left join redemption.counting_tariff t on t.place_id = r.place_id and t.service = r.service and t.version = r.tariff_version
      where r.tariff_version is not null and (t.id is null or t.price <> r.tariff_price or t.from_day > r.service_date)`,
  },
  {
    id: 'P2',
    holds: 'vouchers and co-payment come to no more than the rules of the vouchers let a service cost, of a place that asks what they are meant for',
    tier: 'local', schema: 'redemption',
    fault: 'bound the price of a service below what was paid for it',
    sql: `select 'redemption:' || r.id as row_named,
        coalesce(r.service, 'no service') || ' for ' || s.amount || ', ' || s.co_payment || ' and ' || coalesce(s.paid_beside, 0) || ' beside, asked ' || coalesce(s.tariff_price::text, 'nothing')
          || ', bound by ' || p.bound::text as detail
      from redemption.batch b cross join lateral jsonb_array_elements(b.service_prices) as p(bound)
      join redemption.redemption r on r.batch_id = b.id
      join redemption.redemption s on s.id = coalesce(r.participation_id, r.id)
      where r.service is null or (r.service = p.bound ->> 'service' and (s.amount + s.co_payment + coalesce(s.paid_beside, 0) > (p.bound ->> 'priceCentsMax')::bigint
        or s.tariff_price < (p.bound ->> 'priceCentsMin')::bigint))`,
  },
  {
    id: 'P4',
    holds: 'what speaks for a participation says what the others paid, of one place, day and service, and they are undone with it or not at all',
    tier: 'local', schema: 'redemption',
    fault: 'undo one of two vouchers of a participation',
    sql: `select 'redemption:' || coalesce(l.id, o.participation_id) as row_named,
        'says ' || coalesce(l.paid_beside, 0) || ' beside, the others paid ' || coalesce(o.paid, 0) || coalesce(o.differs, '') as detail
      from (select r.id, r.paid_beside, r.place_id, r.service_date, r.service,
          exists (select from redemption.undone_redemption u where u.redemption_id = r.id) as undone
        from redemption.redemption r where r.paid_beside is not null) l
      full join (select r.participation_id, sum(r.amount) as paid,
          case when count(distinct (r.place_id, r.service_date, r.service, r.redeemed_at)) > 1 then ', not all alike' end as differs,
          min(r.place_id::text) as place_id, min(r.service_date) as service_date, min(r.service) as service,
          count(u.id) as undone, count(*) as count
        from redemption.redemption r left join redemption.undone_redemption u on u.redemption_id = r.id
        where r.participation_id is not null group by r.participation_id) o on o.participation_id = l.id
      where l.id is null or o.participation_id is null or l.paid_beside <> o.paid or o.differs is not null
        or o.place_id <> l.place_id::text or o.service_date <> l.service_date or o.service is distinct from l.service
        or o.undone <> case when l.undone then o.count else 0 end`,
  },
  {
    id: 'P3',
    holds: 'a claim line keeps the tariff that its redemption was priced by',
    tier: 'inspector',
    fault: 'edit the tariff of one claim line as a superuser',
    sql: `select 'claim_line:' || c.id as row_named,
        'keeps ' || coalesce(c.tariff_version || ' at ' || c.tariff_cents, 'none') || ', redeemed at '
          || coalesce(r.tariff_version || ' at ' || r.tariff_price, 'none') as detail
      from settlement.claim_line c join redemption.redemption r on r.id = c.redemption_id
      where (c.tariff_version, c.tariff_cents) is distinct from (r.tariff_version::int, r.tariff_price::bigint)`,
  },
];
