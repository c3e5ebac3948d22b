// The SQL of places, their sites and their accreditations.
import type { ServiceCode } from '#libs/contracts';
import { idOf, type LocalDate, type PlaceId, type ProgrammeId, type SiteId, type Territory } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

export type NewPlace = Readonly<{ placeId: PlaceId; siteId: SiteId; siret: string; name: string; siteName: string; timeZone: string }>;

export async function isSiretKnown(tx: Tx, siret: string): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from redemption.place where siret = ${siret} limit 1`;
  return rows.length > 0;
}

export async function insertPlace(tx: Tx, place: NewPlace): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.place (id, siret, name, created_at)
    values (${place.placeId}::uuid, ${place.siret}, ${place.name}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into redemption.site (id, place_id, name, time_zone, created_at)
    values (${place.siteId}::uuid, ${place.placeId}::uuid, ${place.siteName}, ${place.timeZone}, ${tx.now})`;
}

export type FoundPlace = Readonly<{
  placeId: PlaceId; siteId: SiteId; siret: string | null; name: string;
  /** From a published file; null for a place that was registered by hand, or when the file does not say. */
  commune: string | null;
}>;

/** Nobody changes its name or SIRET until this transaction ends: an import could. */
export async function lockPlace(tx: Tx, placeId: PlaceId): Promise<FoundPlace | undefined> {
  const [row] = await tx.sql.$queryRaw<{ site_id: string; siret: string | null; name: string; commune: string | null }[]>`
    select s.id as site_id, p.siret, p.name, l.insee_code as commune
    from redemption.place p join redemption.site s on s.place_id = p.id left join redemption.place_listing l on l.place_id = p.id
    where p.id = ${placeId}::uuid for share of p`;
  return row && { placeId, siteId: idOf('site', row.site_id), siret: row.siret, name: row.name, commune: row.commune };
}

/**
 * By the rules in force on that day, or the first to come. Undefined for a programme that nobody told of; everywhere for one
 * that was told of before its versions were kept.
 */
export async function territoryOn(tx: Pick<Tx, 'sql'>, programmeId: ProgrammeId, day: LocalDate): Promise<Territory | undefined> {
  const [row] = await tx.sql.$queryRaw<{ territory: Territory }[]>`
    select coalesce((
      select r.territory from redemption.known_programme_rule r where r.programme_id = p.programme_id
      order by r.effective_from <= ${day}::date desc,
        case when r.effective_from <= ${day}::date then r.effective_from end desc, r.effective_from, r.version desc limit 1
    ), '[]') as territory
    from redemption.known_programme p where p.programme_id = ${programmeId}::uuid`;
  return row?.territory;
}

/** What the public list says of where a place is; fields that it does not say are absent. */
export type Whereabouts = Readonly<{ address?: string; commune?: string; latitude?: number; longitude?: number; timeZone?: string }>;
type WhereaboutsRow = Readonly<{
  address: string | null; commune: string | null; latitude: number | null; longitude: number | null; timeZone: string;
}>;

export async function readWhereabouts(tx: Tx, placeId: PlaceId): Promise<Whereabouts> {
  const [row] = await tx.sql.$queryRaw<WhereaboutsRow[]>`
    select case when l.place_id is not null then
        left(concat_ws(', ', nullif(l.street, ''), concat_ws(' ', l.postal_code, nullif(l.commune, ''))), 300) end as address,
      l.insee_code as commune, l.latitude, l.longitude, s.time_zone as "timeZone"
    from redemption.site s left join redemption.place_listing l on l.place_id = s.place_id where s.place_id = ${placeId}::uuid`;
  if (!row) return {};
  const { address, commune, latitude, longitude, timeZone } = row;
  return {
    timeZone, ...(address !== null && { address }), ...(commune !== null && { commune }),
    ...(latitude !== null && longitude !== null && { latitude, longitude }),
  };
}

export type NewAccreditation = Readonly<{
  placeId: PlaceId; programmeId: ProgrammeId; from: LocalDate; to: LocalDate; commune: string | null;
  /** Empty: every service. */
  services: readonly ServiceCode[];
}>;

/** Returns its version, the next one of this place and programme. The caller holds the lock of the place. */
export async function insertAccreditation(
  tx: Tx, { placeId, programmeId, from, to, commune, services }: NewAccreditation,
): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into redemption.accreditation (id, place_id, programme_id, version, from_day, to_day, created_at, commune, services)
    select ${tx.newId()}::uuid, ${placeId}::uuid, ${programmeId}::uuid, coalesce(max(version), 0) + 1, ${from}::date, ${to}::date, ${tx.now},
      ${commune}, ${[...services]}::text[]
    from redemption.accreditation where place_id = ${placeId}::uuid and programme_id = ${programmeId}::uuid
    returning version`;
  return row!.version;
}
