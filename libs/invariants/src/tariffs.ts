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
    holds: 'voucher and co-payment come to no more than the rules of the vouchers let a service cost, of a place that asks what they are meant for',
    tier: 'local', schema: 'redemption',
    fault: 'bound the price of a service below what was paid for it',
    sql: `select 'redemption:' || r.id as row_named,
        coalesce(r.service, 'no service') || ' for ' || r.amount || ' and ' || r.co_payment || ', asked ' || coalesce(r.tariff_price::text, 'nothing')
          || ', bound by ' || p.bound::text as detail
      from redemption.batch b cross join lateral jsonb_array_elements(b.service_prices) as p(bound)
      join redemption.redemption r on r.batch_id = b.id
      where r.service is null or (r.service = p.bound ->> 'service' and (r.amount + r.co_payment > (p.bound ->> 'priceCentsMax')::bigint
        or r.tariff_price < (p.bound ->> 'priceCentsMin')::bigint))`,
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
