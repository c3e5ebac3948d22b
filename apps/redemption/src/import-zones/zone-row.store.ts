// The SQL of redemption.zone_row: rows go in with their import and never change.
import type { FileImportId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { ZoneList, ZoneText } from './zone-row.decision.js';

export type NewZoneRow = ZoneText & Readonly<{ id: string }>;

type Of = Readonly<{ importId: FileImportId; list: ZoneList }>;

/** Which of these keys rows of the import have already, see `keyOf`. The lists are written out: each has an index of its own. */
export async function keysTaken({ sql }: Tx, { importId, list }: Of, keys: readonly string[]): Promise<string[]> {
  const rows = await (list === 'density'
    ? sql.$queryRaw<{ key: string }[]>`
      select communes[1] as key from redemption.zone_row where file_import_id = ${importId}::uuid and list = 'density' and communes[1] = any(${[...keys]}::text[])`
    : sql.$queryRaw<{ key: string }[]>`
      select code as key from redemption.zone_row where file_import_id = ${importId}::uuid and list = 'quarters' and code = any(${[...keys]}::text[])`);
  return rows.map(({ key }) => key);
}

export async function insertZoneRows(tx: Tx, { importId, list }: Of, rows: readonly NewZoneRow[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.zone_row (id, file_import_id, list, code, name, communes)
    select r.id, ${importId}::uuid, ${list}, r.code, r.name, r.communes
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, name text, communes text[])`;
}

export type ListInForce = Readonly<{ list: ZoneList; importId: FileImportId; rows: number; since: Date }>;

/** Of each list the import that was accepted last. */
export const listsInForce = (sql: Sql): Promise<ListInForce[]> => sql.$queryRaw<ListInForce[]>`
  select distinct on (d.list) d.list, i.id as "importId", i.imported as rows, d.decided_at as since
  from redemption.zone_decision d join redemption.file_import i on i.id = d.file_import_id
  where d.outcome = 'accepted' order by d.list, d.number desc`;

export type CommuneZones = Readonly<{
  commune: string;
  /** Of the density grid, 1 to 7; null: the list in force does not say, or there is none. */
  densityClass: string | null;
  /** That lie in it, or partly; empty: no list in force names one, which is not that there is none. */
  quarters: readonly string[];
}>;

/** Of those that one of these lists names. Rows are taken apart by commune first: 35,000 of each then meet once, not each with each. */
export function zonesOfCommunes(sql: Sql, lists: readonly ListInForce[], communes: readonly string[]): Promise<CommuneZones[]> {
  const importIds = lists.map(({ importId }) => importId);
  return sql.$queryRaw<CommuneZones[]>`
    select commune, max(z.code) filter (where z.list = 'density') as "densityClass",
      coalesce(array_agg(distinct z.code order by z.code) filter (where z.list = 'quarters'), '{}') as quarters
    from redemption.zone_row z cross join lateral unnest(z.communes) named(commune)
    join (select distinct commune from unnest(${[...communes]}::text[]) a(commune)) asked using (commune)
    where z.file_import_id = any(${importIds}::uuid[])
    group by commune order by commune`;
}
