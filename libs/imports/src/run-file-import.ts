// Takes a file chunk by chunk. The first transaction spends the key of the request; the chunks after it are each known by
// the rows they take, so that whoever repeats the request, under whatever key, only does what is left.
import { assert, idOf, isRejected, type FileImportId, type Rejected } from '#libs/kernel';
import type { ProcessMeta, RequestMeta, Tx, UnitOfWork } from '#libs/persistence';
import type { Row, Table } from '#libs/tabular';
import { keepRows, lockFileImport, openFileImport, readFileImport, type FileImport, type KeptMapping } from './file-import.store.js';
import type { TakenRow } from './taken-row.js';

export type ImportAsked = Readonly<{
  kind: string;
  file: Readonly<{ sha256: string; bytes: Buffer }>;
  /** What came of reading it: a file that cannot be read is a refusal, stored with the key. */
  table: Table | Rejected;
  /** By which the rows of `table` were read, where somebody said so: kept with the import. */
  mapping?: KeptMapping | null;
  /** Rows per transaction: short enough that nobody waits long for its locks. */
  chunkRows: number;
  /** Answers one outcome for each row, in their order. */
  take: (tx: Tx, importId: FileImportId, rows: readonly Row[]) => Promise<readonly TakenRow[]>;
}>;

export async function runFileImport(work: UnitOfWork, meta: RequestMeta, asked: ImportAsked): Promise<FileImport | Rejected> {
  const { kind, file, table, mapping = null } = asked;
  const opened = await work.once<{ importId: FileImportId } | Rejected>(meta, async (tx) => {
    if (isRejected(table)) return table;
    const importId = idOf('fileImport', tx.newId());
    const asked = { importId, kind, sha256: file.sha256, bytes: file.bytes.length, read: table.count, mapping, startedBy: meta.callerId };
    return { importId: await openFileImport(tx, asked) };
  });
  if (isRejected(opened)) return opened;
  assert(!isRejected(table), 'a file that cannot be read was opened');

  const { schema } = work.settings;
  const before = await readFileImport(work.client, schema, kind, opened.importId);
  assert(before, 'an import that was opened is gone');
  if (before.finishedAt) return before;
  await takeAll(work, { kind: 'process', name: `import ${kind}`, correlationId: meta.correlationId }, opened.importId, { ...asked, table });
  return (await readFileImport(work.client, schema, kind, opened.importId))!;
}

type Opened = ImportAsked & Readonly<{ table: Table }>;

async function takeAll(work: UnitOfWork, meta: ProcessMeta, importId: FileImportId, asked: Opened): Promise<void> {
  let chunk: Row[] = [];
  const flush = async () => {
    const rows = chunk;
    chunk = [];
    if (rows.length > 0) await work.once(meta, (tx) => takeChunk(tx, importId, rows, asked));
  };
  for await (const row of asked.table.rows()) {
    chunk.push(row);
    if (chunk.length === asked.chunkRows) await flush();
  }
  await flush();
}

/** Rows that an earlier try or a rival has taken are not taken again. */
async function takeChunk(tx: Tx, importId: FileImportId, rows: readonly Row[], { take }: Opened): Promise<null> {
  const { taken, read } = await lockFileImport(tx, importId);
  const left = rows.filter(({ number }) => number > taken && number <= read);
  if (left.length === 0) return null;
  const outcomes = await take(tx, importId, left);
  assert(outcomes.length === left.length, 'a row came out without an outcome');
  await keepRows(tx, importId, outcomes);
  return null;
}
