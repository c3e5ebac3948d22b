// The SQL of imports and their rows, in the schema of whichever service imports.
import { assert, type FileImportId } from '#libs/kernel';
import type { Schema, Sql, Tx } from '#libs/persistence';
import type { Outcome, TakenRow } from './taken-row.js';

/** Which headers of the file each of our fields was read from, and who the file is from where it does not say so itself. */
export type KeptMapping = Readonly<{ source: string | null; columns: Readonly<Record<string, readonly string[]>> }>;

export type FileImport = Readonly<{
  importId: FileImportId; sha256: string; read: number; imported: number; merged: number; unchanged: number; refused: number;
  /** Null: the file was read by its own names. */
  mapping: KeptMapping | null;
  startedBy: string; startedAt: Date; finishedAt: Date | null;
}>;

export type NewImport = Readonly<{
  importId: FileImportId; kind: string; sha256: string; bytes: number; read: number; mapping: KeptMapping | null; startedBy: string;
}>;

/** The unfinished import of this very file, or a new one; a rival that begins it now is waited for. */
export async function openFileImport(tx: Tx, asked: NewImport): Promise<FileImportId> {
  const { importId, kind, sha256, bytes, read, mapping, startedBy } = asked;
  const said = mapping && JSON.stringify(mapping);
  await tx.sql.$executeRawUnsafe(
    `insert into ${tx.schema}.file_import (id, kind, sha256, bytes, read, mapping, started_by, started_at) values ($1::uuid, $2, $3, $4, $5, $6::jsonb, $7, $8)
     on conflict (kind, sha256, md5(coalesce(mapping::text, ''))) where finished_at is null do nothing`,
    importId, kind, sha256, bytes, read, said, startedBy, tx.now,
  );
  const [row] = await tx.sql.$queryRawUnsafe<{ id: FileImportId }[]>(
    // When a rival has finished it since, its import is the answer: nothing is left to do.
    `select id from ${tx.schema}.file_import where kind = $1 and sha256 = $2 and mapping is not distinct from $3::jsonb
     order by finished_at is not null, started_at desc limit 1`, kind, sha256, said,
  );
  assert(row, 'an import was opened and is not there');
  return row.id;
}

/** How many of its rows are taken; waits for a rival that takes some now. */
export async function lockFileImport(tx: Tx, importId: FileImportId): Promise<Readonly<{ taken: number; read: number }>> {
  const [row] = await tx.sql.$queryRawUnsafe<{ taken: number; read: number }[]>(
    `select imported + merged + unchanged + refused as taken, read from ${tx.schema}.file_import where id = $1::uuid for update`, importId,
  );
  assert(row, 'an import that was opened is gone');
  return row;
}

export async function keepRows(tx: Tx, importId: FileImportId, rows: readonly TakenRow[]): Promise<void> {
  await tx.sql.$executeRawUnsafe(
    `insert into ${tx.schema}.file_import_row (file_import_id, row, line, source, external_id, outcome, code, notes, fields, subject_id)
     select $1::uuid, r.row, r.line, r.source, r."externalId", r.outcome, r.code, r.notes, r.fields, r."subjectId"
     from jsonb_to_recordset($2::jsonb) as r(row int, line int, source text, "externalId" text, outcome text, code text, notes text[], fields text[], "subjectId" uuid)`,
    importId, JSON.stringify(rows),
  );
  const count = (asked: Outcome) => rows.filter(({ outcome }) => outcome === asked).length;
  await tx.sql.$executeRawUnsafe(
    `update ${tx.schema}.file_import set imported = imported + $2, merged = merged + $3, unchanged = unchanged + $4, refused = refused + $5,
       finished_at = case when imported + merged + unchanged + refused + $6 = read then $7::timestamptz end
     where id = $1::uuid`,
    importId, count('imported'), count('merged'), count('unchanged'), count('refused'), rows.length, tx.now,
  );
}

const SHOWN = `id as "importId", sha256, read, imported, merged, unchanged, refused, mapping,
  started_by as "startedBy", started_at as "startedAt", finished_at as "finishedAt"`;

export async function readFileImport(sql: Sql, schema: Schema, kind: string, importId: FileImportId): Promise<FileImport | undefined> {
  const [row] = await sql.$queryRawUnsafe<FileImport[]>(`select ${SHOWN} from ${schema}.file_import where id = $1::uuid and kind = $2`, importId, kind);
  return row;
}

export type ImportsAsked = Readonly<{ kind: string; before: FileImportId | null; rowsMax: number }>;

/** Newest first: ids grow with time. */
export function listFileImports(sql: Sql, schema: Schema, { kind, before, rowsMax }: ImportsAsked): Promise<FileImport[]> {
  return sql.$queryRawUnsafe<FileImport[]>(
    `select ${SHOWN} from ${schema}.file_import where kind = $1 and ($2::uuid is null or id < $2::uuid) order by id desc limit $3`, kind, before, rowsMax,
  );
}

export type RowsAsked = Readonly<{ importId: FileImportId; after: number; rowsMax: number; outcome: Outcome | null }>;

export function listFileImportRows(sql: Sql, schema: Schema, { importId, after, rowsMax, outcome }: RowsAsked): Promise<TakenRow[]> {
  return sql.$queryRawUnsafe<TakenRow[]>(
    `select row, line, source, external_id as "externalId", outcome, code, notes, fields, subject_id as "subjectId"
     from ${schema}.file_import_row
     where file_import_id = $1::uuid and row > $2 and ($3::text is null or outcome = $3::text) order by row limit $4`,
    importId, after, outcome, rowsMax,
  );
}
