import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import type { Outcome, TakenRow } from '#libs/imports';
import type { Row } from '#libs/tabular';
import { KnownPlaces } from '../import-places/known-places.js';
import { openPlaces } from '../import-places/open-places.js';
import { tryPlaces } from '../import-places/take-places.js';
import { IMPORT_CHUNK_ROWS, TRIED_ROWS_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { TryImport, type Trial, type TrialAsked } from './try-import.query.js';

@QueryHandler(TryImport)
export class TryImportHandler implements IQueryHandler<TryImport> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ file, asked }: TryImport): Promise<Trial | Rejected> {
    const opened = await openPlaces(file, TRIED_ROWS_MAX);
    if (isRejected(opened)) return opened;
    const { ids } = this.work.settings;
    const places = new KnownPlaces(idOf('fileImport', ids.next()), () => idOf('place', ids.next()));
    const counts = new Counts(asked);
    for await (const chunk of chunksOf(opened.table.rows())) {
      for (const row of await this.tryChunk(places, chunk)) {
        counts.take(row.subjectId !== null && places.isMade(row.subjectId) ? { ...row, subjectId: null } : row);
      }
    }
    return counts.trial();
  }

  /** The database refuses to write here, whatever the code below comes to do. */
  private tryChunk(places: KnownPlaces, chunk: readonly Row[]): Promise<TakenRow[]> {
    return this.work.client.$transaction(async (sql) => {
      await sql.$executeRaw`set transaction read only`;
      return tryPlaces(sql, places, chunk);
    });
  }
}

async function* chunksOf(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let chunk: Row[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < IMPORT_CHUNK_ROWS) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

class Counts {
  private readonly counted = { outcomes: new Map<Outcome, number>(), codes: new Map<string, number>(), notes: new Map<string, number>() };
  private readonly rows: TakenRow[] = [];
  private read = 0;

  constructor(private readonly asked: TrialAsked) {}

  take(row: TakenRow): void {
    const { after, rowsMax, outcome } = this.asked;
    this.read += 1;
    add(this.counted.outcomes, row.outcome);
    add(this.counted.codes, row.code);
    for (const note of row.notes) add(this.counted.notes, note);
    if (row.row > after && this.rows.length < rowsMax && (outcome === null || row.outcome === outcome)) this.rows.push(row);
  }

  trial(): Trial {
    return { read: this.read, ...this.counted, rows: this.rows };
  }
}

const add = <Key>(counts: Map<Key, number>, key: Key): void => { counts.set(key, (counts.get(key) ?? 0) + 1); };
