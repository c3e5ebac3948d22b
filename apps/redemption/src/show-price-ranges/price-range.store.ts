// Tills keep no index by service or day, so the ranges are found in one pass over what was redeemed.
import type { ServiceCode } from '#libs/contracts';
import type { LocalDate } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { PUBLIC_GROUP_MIN } from '../limits.js';

/** Quartiles are prices that were really asked, none between two of them. */
export type PriceRange = Readonly<{
  service: ServiceCode;
  /** Null: nobody knows where the place is. */
  departement: string | null;
  count: number; firstQuartile: number; median: number; thirdQuartile: number; given: bigint;
}>;
export type Days = Readonly<{ from: LocalDate; to: LocalDate }>;

/** What was undone is no redemption. A group of ten or fewer is left out without a word of it. */
export function readPriceRanges(sql: Sql, { from, to }: Days): Promise<PriceRange[]> {
  return sql.$queryRaw<PriceRange[]>`
    select service, departement, count(*)::int as count,
      percentile_disc(0.25) within group (order by tariff_price) as "firstQuartile",
      percentile_disc(0.5) within group (order by tariff_price) as median,
      percentile_disc(0.75) within group (order by tariff_price) as "thirdQuartile",
      sum(tariff_price - amount - co_payment - coalesce(paid_beside, 0))::bigint as given
    from (
      select r.service, r.tariff_price, r.amount, r.co_payment, r.paid_beside,
        case when p.commune ~ '^9[78]' then left(p.commune, 3) else left(p.commune, 2) end as departement
      from redemption.redemption r
      left join redemption.place_listing l on l.place_id = r.place_id
      left join redemption.accreditation a
        on a.place_id = r.place_id and a.programme_id = r.programme_id and a.version = r.accreditation_version
      cross join lateral (select coalesce(l.insee_code, a.commune) as commune) p
      where r.tariff_price is not null and r.service_date between ${from}::date and ${to}::date
        and not exists (select from redemption.undone_redemption u where u.redemption_id = r.id)
    ) priced
    group by service, departement having count(*) >= ${PUBLIC_GROUP_MIN}
    order by service, departement`;
}
