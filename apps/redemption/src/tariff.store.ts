// The SQL of tariffs and their approvals.
import type { ServiceCode } from '#libs/contracts';
import { cents, type Cents, type LocalDate, type PlaceId, type TariffId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Components } from './set-tariff/set-tariff.decision.js';
import type { Tariff } from './tariff.decision.js';

/** The zone in which the place's days are judged; undefined for a place that is not registered. */
export async function zoneOf(tx: Tx, placeId: PlaceId): Promise<string | undefined> {
  const [row] = await tx.sql.$queryRaw<{ timeZone: string }[]>`
    select time_zone as "timeZone" from redemption.site where place_id = ${placeId}::uuid`;
  return row?.timeZone;
}

/** Those that count, by falling version. */
export async function countingTariffs(tx: Tx, placeId: PlaceId, service: ServiceCode): Promise<Tariff[]> {
  const rows = await tx.sql.$queryRaw<(Omit<Tariff, 'price'> & { price: number })[]>`
    select version, from_day::text as "from", price from redemption.counting_tariff
    where place_id = ${placeId}::uuid and service = ${service} order by version desc`;
  return rows.map((row) => ({ ...row, price: cents(row.price) }));
}

/** Does the place have an accreditation, not over yet, for a programme whose rules of that day want raises approved? */
export async function areRaisesWatched(tx: Tx, placeId: PlaceId, day: LocalDate): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`
    select 1 from (
      select distinct on (programme_id) programme_id, to_day from redemption.accreditation
      where place_id = ${placeId}::uuid order by programme_id, version desc) a
    cross join lateral (
      select r.tariff_raise_needs_approval as watched from redemption.known_programme_rule r
      where r.programme_id = a.programme_id and r.effective_from <= ${day}::date
      order by r.effective_from desc, r.version desc limit 1) r
    where a.to_day >= ${day}::date and r.watched limit 1`;
  return rows.length > 0;
}

export type NewTariff = Readonly<{
  id: TariffId; placeId: PlaceId; service: ServiceCode; components: Components; otherName: string | null;
  from: LocalDate; price: Cents; needsApproval: boolean;
}>;

/** Returns its version, the next one of this place and service. The caller holds the lock of the place. */
export async function insertTariff(tx: Tx, { components, ...tariff }: NewTariff): Promise<number> {
  const { preparation, renderingMinutes, hourlyCost, premises, travel, other, groupSize } = components;
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into redemption.tariff (id, place_id, service, version, from_day, preparation, rendering_minutes, hourly_cost, premises,
      travel, other, other_name, group_size, price, currency, needs_approval, declared_by, declared_at)
    select ${tariff.id}::uuid, ${tariff.placeId}::uuid, ${tariff.service}, coalesce(max(version), 0) + 1, ${tariff.from}::date,
      ${preparation}::int, ${renderingMinutes}::int, ${hourlyCost}::int, ${premises}::int, ${travel}::int, ${other}::int,
      ${tariff.otherName}, ${groupSize}::int, ${tariff.price}::int, 'EUR', ${tariff.needsApproval}, ${tx.origin.actor.id}, ${tx.now}
    from redemption.tariff where place_id = ${tariff.placeId}::uuid and service = ${tariff.service}
    returning version`;
  return row!.version;
}

export type WaitingTariff = Readonly<{
  placeId: PlaceId; service: ServiceCode; version: number; from: LocalDate; price: Cents; timeZone: string;
  needsApproval: boolean; isApproved: boolean; isLatest: boolean;
}>;

export async function placeOfTariff(tx: Tx, tariffId: TariffId): Promise<PlaceId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ placeId: PlaceId }[]>`
    select place_id as "placeId" from redemption.tariff where id = ${tariffId}::uuid`;
  return row?.placeId;
}

/** The caller holds the lock of its place, so that none can follow it meanwhile. */
export async function readTariff(tx: Tx, tariffId: TariffId): Promise<WaitingTariff | undefined> {
  const [row] = await tx.sql.$queryRaw<(Omit<WaitingTariff, 'price'> & { price: number })[]>`
    select t.place_id as "placeId", t.service, t.version, t.from_day::text as "from", t.price, s.time_zone as "timeZone",
      t.needs_approval as "needsApproval",
      exists (select from redemption.tariff_approval a where a.tariff_id = t.id) as "isApproved",
      not exists (select from redemption.tariff n where n.place_id = t.place_id and n.service = t.service and n.version > t.version) as "isLatest"
    from redemption.tariff t join redemption.site s on s.place_id = t.place_id where t.id = ${tariffId}::uuid`;
  return row && { ...row, price: cents(row.price) };
}

export async function insertApproval(tx: Tx, tariffId: TariffId, countsFrom: LocalDate): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.tariff_approval (tariff_id, counts_from, approved_by, approved_at)
    values (${tariffId}::uuid, ${countsFrom}::date, ${tx.origin.actor.id}, ${tx.now})`;
}
