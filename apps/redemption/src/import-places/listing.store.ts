// The SQL of imported places. Everything goes by chunks of rows, in as few statements as there are tables.
import type { FileImportId, LocalDate, PlaceId, SiteId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { LIST_FIELDS, TEXT_FIELDS, type HeldPlace, type ListField, type Listing, type TextField } from './place-listing.decision.js';

export type SourceId = Readonly<{ source: string; externalId: string }>;
export type FoundPlace = HeldPlace & Readonly<{ addressKey: string | null; sources: readonly SourceId[] }>;

/** Fields with a column of their own; the others are kept together in `details`. */
const COLUMN_TEXTS = new Set<TextField>(['name', 'siret', 'street', 'complement', 'postalCode', 'inseeCode', 'commune', 'accessFeeText', 'openingHours']);
const COLUMN_LISTS = new Set<ListField>(['services', 'accessFees']);

type PlaceRow = Readonly<Partial<Record<TextField, string | null>> & {
  placeId: PlaceId; madeBy: FileImportId; name: string; postalCode: string; addressKey: string | null; accredited: boolean;
  latitude: number | null; longitude: number | null; services: string[]; accessFees: string[]; updatedOn: LocalDate | null;
  details: Partial<Record<string, string | string[]>>; sources: SourceId[];
}>;

export type AskedPlaces = Readonly<{ ids: readonly SourceId[]; addressKeys: readonly string[] }>;

/** Places that files know by one of these ids, or that are at one of these addresses; nobody changes or accredits them meanwhile. */
export async function lockPlacesOf(tx: Tx, asked: AskedPlaces): Promise<FoundPlace[]> {
  const found = await idsOf(tx.sql, asked);
  await tx.sql.$queryRaw`select p.id from redemption.place p where p.id = any(${found}::uuid[]) order by p.id for update of p`;
  // A statement of its own: what was accredited while the lock was waited for is seen.
  return readPlaces(tx.sql, found);
}

/** The same, as they are at this moment. */
export const findPlacesOf = async (sql: Sql, asked: AskedPlaces): Promise<FoundPlace[]> => readPlaces(sql, await idsOf(sql, asked));

async function idsOf(sql: Sql, { ids, addressKeys }: AskedPlaces): Promise<PlaceId[]> {
  const rows = await sql.$queryRaw<{ id: PlaceId }[]>`
    select s.place_id as id from redemption.place_source s
    join unnest(${ids.map(({ source }) => source)}::text[], ${ids.map(({ externalId }) => externalId)}::text[]) as asked(source, external_id)
      on s.source = asked.source and s.external_id = asked.external_id
    union
    select l.place_id from redemption.place_listing l where l.address_key = any(${addressKeys}::text[])`;
  return rows.map(({ id }) => id);
}

async function readPlaces(sql: Sql, ids: readonly PlaceId[]): Promise<FoundPlace[]> {
  const rows = await sql.$queryRaw<PlaceRow[]>`
    select p.id as "placeId", p.name, p.siret, l.made_by as "madeBy", l.address_key as "addressKey", l.street, l.complement,
      l.postal_code as "postalCode", l.insee_code as "inseeCode", l.commune, l.latitude, l.longitude, l.services, l.access_fees as "accessFees",
      l.access_fee_text as "accessFeeText", l.opening_hours as "openingHours", l.updated_on::text as "updatedOn", l.details,
      exists (select from redemption.accreditation a where a.place_id = p.id) as accredited,
      (select jsonb_agg(jsonb_build_object('source', s.source, 'externalId', s.external_id))
        from redemption.place_source s where s.place_id = p.id) as sources
    from redemption.place p join redemption.place_listing l on l.place_id = p.id
    where p.id = any(${ids}::uuid[]) order by p.id`;
  return rows.map(foundPlaceOf);
}

function foundPlaceOf(row: PlaceRow): FoundPlace {
  const { placeId, madeBy, accredited, addressKey, sources, latitude, longitude, updatedOn, details } = row;
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, COLUMN_TEXTS.has(field) ? row[field] : details[field]])
    .filter(([, text]) => text !== null && text !== undefined)) as Listing['texts'];
  const lists = Object.fromEntries(LIST_FIELDS
    .map((field) => [field, field === 'services' || field === 'accessFees' ? row[field] : details[field] ?? []]));
  const position = latitude === null || longitude === null ? null : { latitude, longitude };
  return { placeId, madeBy, accredited, addressKey, sources, listing: { texts, lists, position, updatedOn } };
}

export type WrittenPlace = Readonly<{
  placeId: PlaceId; siteId: SiteId; listing: Listing; addressKey: string | null; timeZone: string; madeBy: FileImportId;
}>;

export async function insertPlaces(tx: Tx, places: readonly WrittenPlace[]): Promise<void> {
  if (places.length === 0) return;
  const rows = JSON.stringify(places.map((place) => {
    const { siteId, timeZone, madeBy } = place;
    return { ...columnsOf(place), siteId, timeZone, madeBy };
  }));
  await tx.sql.$executeRaw`
    insert into redemption.place (id, siret, name, created_at)
    select r."placeId", r.siret, r.name, ${tx.now} from jsonb_to_recordset(${rows}::jsonb) as r("placeId" uuid, siret text, name text)`;
  await tx.sql.$executeRaw`
    insert into redemption.site (id, place_id, name, time_zone, created_at)
    select r."siteId", r."placeId", r.name, r."timeZone", ${tx.now}
    from jsonb_to_recordset(${rows}::jsonb) as r("siteId" uuid, "placeId" uuid, name text, "timeZone" text)`;
  await tx.sql.$executeRaw`
    insert into redemption.place_listing (place_id, made_by, address_key, street, complement, postal_code, insee_code, commune, latitude, longitude,
      services, access_fees, access_fee_text, opening_hours, updated_on, details)
    select r."placeId", r."madeBy", r."addressKey", r.street, r.complement, r."postalCode", r."inseeCode", r.commune, r.latitude, r.longitude,
      r.services, r."accessFees", r."accessFeeText", r."openingHours", r."updatedOn", r.details
    from jsonb_to_recordset(${rows}::jsonb) as r("placeId" uuid, "madeBy" uuid, "addressKey" text, street text, complement text, "postalCode" text,
      "inseeCode" text, commune text, latitude float8, longitude float8, services text[], "accessFees" text[], "accessFeeText" text,
      "openingHours" text, "updatedOn" date, details jsonb)`;
}

/** Name, SIRET and zone of an accredited place stay; the caller's decision says so, and triggers hold it. */
export async function updatePlaces(tx: Tx, places: readonly Omit<WrittenPlace, 'siteId'>[]): Promise<void> {
  if (places.length === 0) return;
  const rows = JSON.stringify(places.map(({ timeZone, ...place }) => ({ ...columnsOf(place), timeZone })));
  await tx.sql.$executeRaw`
    update redemption.place p set name = r.name, siret = r.siret
    from jsonb_to_recordset(${rows}::jsonb) as r("placeId" uuid, siret text, name text)
    where p.id = r."placeId" and (p.name, p.siret) is distinct from (r.name, r.siret)`;
  await tx.sql.$executeRaw`
    update redemption.site s set name = r.name, time_zone = r."timeZone"
    from jsonb_to_recordset(${rows}::jsonb) as r("placeId" uuid, name text, "timeZone" text)
    where s.place_id = r."placeId" and (s.name, s.time_zone) is distinct from (r.name, r."timeZone")
      and not exists (select from redemption.accreditation a where a.place_id = s.place_id)`;
  await tx.sql.$executeRaw`
    update redemption.place_listing l set address_key = r."addressKey", street = r.street, complement = r.complement, postal_code = r."postalCode",
      insee_code = r."inseeCode", commune = r.commune, latitude = r.latitude, longitude = r.longitude, services = r.services,
      access_fees = r."accessFees", access_fee_text = r."accessFeeText", opening_hours = r."openingHours", updated_on = r."updatedOn", details = r.details
    from jsonb_to_recordset(${rows}::jsonb) as r("placeId" uuid, "addressKey" text, street text, complement text, "postalCode" text,
      "inseeCode" text, commune text, latitude float8, longitude float8, services text[], "accessFees" text[], "accessFeeText" text,
      "openingHours" text, "updatedOn" date, details jsonb)
    where l.place_id = r."placeId"`;
}

export type NewSource = SourceId & Readonly<{ placeId: PlaceId }>;

export async function insertSources(tx: Tx, importId: FileImportId, sources: readonly NewSource[]): Promise<void> {
  if (sources.length === 0) return;
  await tx.sql.$executeRaw`
    insert into redemption.place_source (source, external_id, place_id, made_by)
    select r.source, r."externalId", r."placeId", ${importId}::uuid
    from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) as r(source text, "externalId" text, "placeId" uuid)`;
}

function columnsOf({ placeId, addressKey, listing: { texts, lists, position, updatedOn } }: Pick<WrittenPlace, 'placeId' | 'addressKey' | 'listing'>) {
  const inColumns = [...COLUMN_TEXTS].map((field) => [field, texts[field] ?? null]);
  const details = [
    ...Object.entries(texts).filter(([field]) => !COLUMN_TEXTS.has(field as TextField)),
    ...Object.entries(lists).filter(([field, list]) => !COLUMN_LISTS.has(field as ListField) && list.length > 0),
  ];
  return {
    placeId, addressKey, ...Object.fromEntries(inColumns), services: lists.services ?? [], accessFees: lists.accessFees ?? [],
    latitude: position?.latitude ?? null, longitude: position?.longitude ?? null, updatedOn, details: Object.fromEntries(details),
  };
}
