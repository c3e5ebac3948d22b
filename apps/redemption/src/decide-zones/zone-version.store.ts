// The SQL of versions of lists: which there are, what each would change, and what was decided.
import { listFileImports, type FileImport } from '#libs/imports';
import type { FileImportId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { kindOf, ZONE_LISTS, type ZoneList } from '../import-zones/zone-row.decision.js';
import { listsInForce } from '../import-zones/zone-row.store.js';
import type { ZoneVersion, ZoneWish } from './decide-zones.decision.js';

export type Decided = Readonly<{ importId: string; outcome: 'accepted' | 'set_aside'; reason: string | null; by: string; at: Date }>;
export type Version = FileImport & Readonly<{ list: ZoneList; decided: Decided | null; isInForce: boolean }>;

/** Newest first, of both lists. */
export async function listVersions(sql: Sql, rowsMax: number): Promise<Version[]> {
  const found = await Promise.all(ZONE_LISTS.map(async (list) =>
    (await listFileImports(sql, 'redemption', { kind: kindOf(list), before: null, rowsMax })).map((one) => ({ ...one, list }))));
  const newest = found.flat().sort((one, other) => (one.importId < other.importId ? 1 : -1)).slice(0, rowsMax);
  const [decided, inForce] = [await decidedOf(sql, newest.map(({ importId }) => importId)), await listsInForce(sql)];
  return newest.map((one) => ({
    ...one, decided: decided.find(({ importId }) => importId === one.importId) ?? null,
    isInForce: inForce.some(({ importId }) => importId === one.importId),
  }));
}

const decidedOf = (sql: Sql, importIds: readonly string[]): Promise<Decided[]> => sql.$queryRaw<Decided[]>`
  select file_import_id as "importId", outcome, reason, decided_by as by, decided_at as at from redemption.zone_decision
  where file_import_id = any(${[...importIds]}::uuid[])`;

export type ToDecide = ZoneVersion & Readonly<{ list: ZoneList }>;

export async function readToDecide(sql: Sql, importId: FileImportId): Promise<ToDecide | undefined> {
  const [row] = await sql.$queryRaw<ToDecide[]>`
    select substr(i.kind, 6) as list, i.started_by as "startedBy", i.finished_at is not null as "isFinished", i.imported as rows, d.outcome as decided
    from redemption.file_import i left join redemption.zone_decision d on d.file_import_id = i.id
    where i.id = ${importId}::uuid and i.kind = any(${ZONE_LISTS.map(kindOf)}::text[])`;
  return row;
}

/** Under the lock of the decider. */
export async function insertDecision(tx: Tx, importId: FileImportId, list: ZoneList, wish: ZoneWish): Promise<void> {
  const [comparedWith, reason] = wish.outcome === 'accepted' ? [wish.comparedWith, null] : [null, wish.reason];
  await tx.sql.$executeRaw`
    insert into redemption.zone_decision (file_import_id, list, number, outcome, compared_with, reason, decided_by, decided_at)
    select ${importId}::uuid, ${list}, coalesce(max(number), 0) + 1, ${wish.outcome}, ${comparedWith}::uuid, ${reason}, ${wish.by}, ${tx.now}::timestamptz
    from redemption.zone_decision where list = ${list}`;
}

export type Change = Readonly<{ key: string; before: string | null; after: string | null }>;
export type Changes = Readonly<{ added: number; removed: number; changed: number; items: readonly Change[] }>;

/**
 * What a version says otherwise than the one in force: of a density list a commune's class, of quarters the communes of one. `after`: the
 * key to go on behind. 35,000 rows of each meet once, by their key.
 */
export async function changesOf(
  sql: Sql, importId: FileImportId, inForce: string | null, asked: Readonly<{ after: string; rowsMax: number }>,
): Promise<Changes> {
  const said = `select case list when 'density' then communes[1] else code end as key,
      case list when 'density' then code else array_to_string(array(select unnest(communes) order by 1), ' ') end as says
    from redemption.zone_row where file_import_id`;
  const rows = await sql.$queryRawUnsafe<(Change & Readonly<{ added: bigint; removed: bigint; changed: bigint }>)[]>(
    `with difference as (
       select coalesce(o.key, n.key) as key, o.says as before, n.says as after
       from (${said} = $2::uuid) o full join (${said} = $1::uuid) n on n.key = o.key where o.says is distinct from n.says)
     select key, before, after, total.* from
       (select count(*) filter (where before is null) as added, count(*) filter (where after is null) as removed,
          count(*) filter (where before is not null and after is not null) as changed from difference) total
       left join lateral (select * from difference where key > $3 order by key limit $4) d on true`,
    importId, inForce, asked.after, asked.rowsMax,
  );
  const [first] = rows;
  return {
    added: Number(first?.added ?? 0), removed: Number(first?.removed ?? 0), changed: Number(first?.changed ?? 0),
    // The counts come with a row of nothing where no difference is left.
    items: rows.filter(({ key }) => key !== null).map(({ key, before, after }) => ({ key, before, after })),
  };
}
