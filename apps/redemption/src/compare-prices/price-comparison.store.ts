// What was asked and paid for services in the last year: of one place by its own index, of everybody in one pass.
import type { ServiceCode } from '#libs/contracts';
import type { LocalDate, PlaceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { OwnService, PriceCount } from './price-comparison.decision.js';

/** Where a place is by its listing, or by the latest accreditation that says it. */
const DEPARTEMENT = `case when commune ~ '^9[78]' then left(commune, 3) else left(commune, 2) end`;

export async function departementOf(sql: Sql, placeId: PlaceId): Promise<string | null> {
  const [row] = await sql.$queryRawUnsafe<{ departement: string | null }[]>(`
    select ${DEPARTEMENT} as departement from (select coalesce(
      (select l.insee_code from redemption.place_listing l where l.place_id = $1::uuid),
      (select a.commune from redemption.accreditation a where a.place_id = $1::uuid and a.commune is not null order by a.created_at desc limit 1)) as commune) p`,
  placeId);
  return row!.departement;
}

export function ownServices(sql: Sql, placeId: PlaceId, since: LocalDate): Promise<OwnService[]> {
  return sql.$queryRaw<OwnService[]>`
    select r.service, count(r.tariff_price)::int as priced, count(*) filter (where r.tariff_price is null)::int as unpriced,
      coalesce(sum(r.tariff_price), 0)::bigint as "askedCents",
      coalesce(sum(r.amount + r.co_payment + coalesce(r.paid_beside, 0)) filter (where r.tariff_price is not null), 0)::bigint as "paidCents"
    from redemption.redemption r where r.place_id = ${placeId}::uuid and r.service_date >= ${since}::date
      and not exists (select from redemption.undone_redemption u where u.redemption_id = r.id)
    group by r.service`;
}

export type TerritoryPrice = PriceCount & Readonly<{ placeId: PlaceId; departement: string }>;

/** Of every place that is somewhere; a year of a country is tens of thousands of rows. */
export function territoryPrices(sql: Sql, since: LocalDate): Promise<TerritoryPrice[]> {
  return sql.$queryRawUnsafe<(TerritoryPrice & { service: ServiceCode })[]>(`
    select "placeId", ${DEPARTEMENT} as departement, service, "priceCents", count(*)::int as count from (
      select r.place_id as "placeId", r.service, r.tariff_price::int as "priceCents", coalesce(l.insee_code, a.commune) as commune
      from redemption.redemption r left join redemption.place_listing l on l.place_id = r.place_id
      left join redemption.accreditation a
        on a.place_id = r.place_id and a.programme_id = r.programme_id and a.version = r.accreditation_version
      where r.tariff_price is not null and r.service is not null and r.service_date >= $1::date
        and not exists (select from redemption.undone_redemption u where u.redemption_id = r.id)) priced
    where commune is not null group by 1, 2, 3, 4`, since);
}
