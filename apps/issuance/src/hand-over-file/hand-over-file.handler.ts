import { createHash } from 'node:crypto';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { listFileImportRows, readFileImport, runFileImport, type FileImport, type TakenRow } from '#libs/imports';
import { dayIn, isRejected, reject, type LocalDate, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { OVERSEER, readAs } from '#libs/persistence';
import { openTable, type Row, type Table } from '#libs/tabular';
import { IssuanceWork } from '../issuance.work.js';
import { HAND_OVER_ROWS_MAX, HAND_OVERS_MAX, OPERATOR_ZONE, TRIAL_ROWS_SHOWN_MAX } from '../limits.js';
import { ListHandOverRows, ShowHandOverFile, TakeHandOverFile, TryHandOverFile, type HandOverList, type Trial } from './hand-over-file.command.js';
import { isFileOf, keepFile, knownFile } from './hand-over-file.store.js';
import { hasSerialColumn } from './read-row.js';
import { takeRows, tryRows, type Plan } from './take-rows.js';

const KIND = 'handovers';

const todayOf = ({ settings: { clock } }: IssuanceWork): LocalDate => dayIn(OPERATOR_ZONE, clock.override() ?? new Date());

async function openList({ bytes, mediaType }: HandOverList): Promise<Table | Rejected> {
  const opened = await openTable(bytes, mediaType, HAND_OVER_ROWS_MAX);
  return isRejected(opened) || hasSerialColumn(opened.columns) ? opened : reject('table_columns_missing', { columns: 'serial' });
}

@CommandHandler(TakeHandOverFile)
export class TakeHandOverFileHandler implements ICommandHandler<TakeHandOverFile> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  async execute({ distributorId, file, again, meta }: TakeHandOverFile): Promise<FileImport | Rejected> {
    const known = again ? undefined : await knownFile(this.work.client, distributorId, file.sha256);
    const table = known ? reject('hand_over_file_known', { takenAt: known.takenAt.toISOString() }) : await openList(file);
    const plan: Plan = { keyring: this.keyring, distributorId, today: todayOf(this.work), taken: [] };
    // Two distributors with the same bytes have two imports.
    const sha256 = createHash('sha256').update(`${distributorId}:${file.sha256}`).digest('hex');
    return runFileImport(this.work, meta, {
      kind: KIND, file: { bytes: file.bytes, sha256 }, table, chunkRows: HAND_OVERS_MAX,
      take: async (tx, importId, rows) => {
        await keepFile(tx, importId, distributorId, file.sha256);
        return takeRows(tx, plan, rows);
      },
    });
  }
}

@QueryHandler(TryHandOverFile)
export class TryHandOverFileHandler implements IQueryHandler<TryHandOverFile> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  async execute({ distributorId, file }: TryHandOverFile): Promise<Trial | Rejected> {
    const table = await openList(file);
    if (isRejected(table)) return table;
    const plan: Plan = { keyring: this.keyring, distributorId, today: todayOf(this.work), taken: [] };
    const counts = { imported: 0, merged: 0, unchanged: 0, refused: 0 };
    const shown: TakenRow[] = [];
    const flush = async (rows: readonly Row[]) => {
      for (const row of await tryRows(this.work.client, plan, rows)) {
        counts[row.outcome] += 1;
        if (row.outcome !== 'imported' && shown.length < TRIAL_ROWS_SHOWN_MAX) shown.push(row);
      }
    };
    const chunk: Row[] = [];
    for await (const row of table.rows()) {
      chunk.push(row);
      if (chunk.length === HAND_OVERS_MAX) await flush(chunk.splice(0));
    }
    await flush(chunk);
    const { merged: _, ...told } = counts;
    return { read: table.count, ...told, known: await knownFile(this.work.client, distributorId, file.sha256), rows: shown };
  }
}

@QueryHandler(ShowHandOverFile)
export class ShowHandOverFileHandler implements IQueryHandler<ShowHandOverFile> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ importId, distributorId }: ShowHandOverFile) {
    return readAs(this.work, distributorId ?? OVERSEER, async (sql) =>
      (await isFileOf(sql, importId, distributorId) ? readFileImport(sql, 'issuance', KIND, importId) : undefined));
  }
}

@QueryHandler(ListHandOverRows)
export class ListHandOverRowsHandler implements IQueryHandler<ListHandOverRows> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ asked, distributorId }: ListHandOverRows) {
    return readAs(this.work, distributorId ?? OVERSEER, async (sql) =>
      (await isFileOf(sql, asked.importId, distributorId) ? listFileImportRows(sql, 'issuance', asked) : undefined));
  }
}
