import type { ServiceCode } from '#libs/contracts';
import type { LocalDate, PlaceId, TariffId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

/** `in_force` counts today; `past` counted, or never will, because a later version of its day or before replaced it. */
export const TARIFF_STATES = ['waiting', 'past', 'in_force', 'to_come'] as const;
export type TariffState = (typeof TARIFF_STATES)[number];
export type TariffView = Readonly<{
  tariffId: TariffId; placeId: PlaceId; service: ServiceCode; version: number; from: LocalDate; price: number; state: TariffState;
  preparation: number; renderingMinutes: number; hourlyCost: number; premises: number; travel: number; other: number;
  otherName: string | null; groupSize: number; declaredAt: Date;
}>;

export type TariffsAsked = Readonly<{
  placeId: PlaceId | null; states: readonly TariffState[] | null; before: TariffId | null; rowsMax: number;
}>;
type Filter = TariffsAsked & Readonly<{ at: Date | null }>;

/** `at` null: now, by the database's clock. */
export function readTariffs(sql: Sql, { placeId, states, before, rowsMax, at }: Filter): Promise<TariffView[]> {
  return sql.$queryRaw<TariffView[]>`
    select * from (
      select t.id as "tariffId", t.place_id as "placeId", t.service, t.version, coalesce(c.from_day, t.from_day)::text as "from", t.price,
        case
          when c.id is null then case when followed.yes then 'past' else 'waiting' end
          when c.version = current.version then 'in_force'
          when c.from_day > today.day and not replaced.yes then 'to_come'
          else 'past' end as state,
        t.preparation, t.rendering_minutes as "renderingMinutes", t.hourly_cost as "hourlyCost", t.premises, t.travel, t.other,
        t.other_name as "otherName", t.group_size as "groupSize", t.declared_at as "declaredAt"
      from redemption.tariff t join redemption.site s on s.place_id = t.place_id
      left join redemption.counting_tariff c on c.id = t.id
      cross join lateral (select (coalesce(${at}::timestamptz, clock_timestamp()) at time zone s.time_zone)::date as day) today
      left join lateral (select max(o.version) as version from redemption.counting_tariff o
        where o.place_id = t.place_id and o.service = t.service and o.from_day <= today.day) current on true
      cross join lateral (select exists (select from redemption.counting_tariff o where o.place_id = t.place_id and o.service = t.service
        and o.version > t.version and o.from_day <= c.from_day) as yes) replaced
      cross join lateral (select exists (select from redemption.tariff o where o.place_id = t.place_id and o.service = t.service
        and o.version > t.version) as yes) followed
      where (${placeId}::uuid is null or t.place_id = ${placeId}::uuid) and (${before}::uuid is null or t.id < ${before}::uuid)
    ) found
    where ${states}::text[] is null or state = any(${states}::text[])
    order by "tariffId" desc limit ${rowsMax}::int`;
}

export async function isPlaceKnown(sql: Sql, placeId: PlaceId): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`select 1 from redemption.site where place_id = ${placeId}::uuid`;
  return rows.length > 0;
}
