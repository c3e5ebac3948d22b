// The SQL of redemption.zone_row: rows go in with their import and never change.
import type { FileImportId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { ZoneList, ZoneText } from './zone-row.decision.js';

export type NewZoneRow = ZoneText & Readonly<{ id: string }>;

/** What rows of it already speak of, see `keyOf`. */
export async function keysOfImport(tx: Tx, importId: FileImportId, list: ZoneList): Promise<string[]> {
  const rows = await tx.sql.$queryRaw<{ key: string }[]>`
    select case list when 'density' then communes[1] else code end as key from redemption.zone_row where file_import_id = ${importId}::uuid and list = ${list}`;
  return rows.map(({ key }) => key);
}

type Of = Readonly<{ importId: FileImportId; list: ZoneList }>;

export async function insertZoneRows(tx: Tx, { importId, list }: Of, rows: readonly NewZoneRow[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.zone_row (id, file_import_id, list, code, name, communes)
    select r.id, ${importId}::uuid, ${list}, r.code, r.name, r.communes
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, name text, communes text[])`;
}

export type ListInForce = Readonly<{ list: ZoneList; importId: FileImportId; rows: number; finishedAt: Date }>;

/** Of each list the latest import that is finished and has a row. */
export const listsInForce = (sql: Sql): Promise<ListInForce[]> => sql.$queryRaw<ListInForce[]>`
  select distinct on (kind) case kind when 'zonesdensity' then 'density' else 'quarters' end as list, id as "importId", imported as rows, finished_at as "finishedAt"
  from redemption.file_import where kind in ('zonesdensity', 'zonesquarters') and finished_at is not null and imported > 0
  order by kind, finished_at desc, id desc`;

export type CommuneZones = Readonly<{
  commune: string;
  /** Of the density grid, 1 to 7; null: the list in force does not say, or there is none. */
  densityClass: string | null;
  /** That lie in it, or partly; empty: no list in force names one, which is not that there is none. */
  quarters: readonly string[];
}>;

/** Of those that a list in force names. */
export async function zonesOfCommunes(sql: Sql, communes: readonly string[]): Promise<CommuneZones[]> {
  const lists = await listsInForce(sql);
  const importIds = lists.map(({ importId }) => importId);
  return sql.$queryRaw<CommuneZones[]>`
    select c.commune, max(z.code) filter (where z.list = 'density') as "densityClass",
      coalesce(array_agg(z.code order by z.code) filter (where z.list = 'quarters'), '{}') as quarters
    from unnest(${[...communes]}::text[]) c(commune)
    join redemption.zone_row z on z.file_import_id = any(${importIds}::uuid[]) and c.commune = any(z.communes)
    group by c.commune order by c.commune`;
}
