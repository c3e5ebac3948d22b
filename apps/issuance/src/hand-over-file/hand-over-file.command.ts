import { Command, Query } from '@nestjs/cqrs';
import type { FileImport, RowsAsked, TakenRow } from '#libs/imports';
import type { DistributorId, FileImportId, Rejected } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';
import type { MediaType } from '#libs/tabular';
import type { KnownFile } from './hand-over-file.store.js';

export type HandOverList = Readonly<{ bytes: Buffer; sha256: string; mediaType: MediaType }>;

/** Hands over what the rows name, each row by itself; goes on with an unfinished import of the same file. */
export class TakeHandOverFile extends Command<FileImport | Rejected> {
  constructor(
    readonly distributorId: DistributorId, readonly file: HandOverList,
    /** That the same file was taken before is known, and meant. */
    readonly again: boolean, readonly meta: RequestMeta,
  ) {
    super();
  }
}

export type Trial = Readonly<{
  read: number; imported: number; unchanged: number; refused: number;
  /** The same file was taken before. */
  known: KnownFile | undefined;
  /** The first rows of which nothing would come. */
  rows: readonly TakenRow[];
}>;

/** What would become of the rows. Nothing is written. */
export class TryHandOverFile extends Query<Trial | Rejected> {
  constructor(readonly distributorId: DistributorId, readonly file: HandOverList) {
    super();
  }
}

export class ShowHandOverFile extends Query<FileImport | undefined> {
  constructor(readonly importId: FileImportId, readonly distributorId: DistributorId | null) {
    super();
  }
}

/** In the order of the file; undefined when there is no such import of theirs. */
export class ListHandOverRows extends Query<readonly TakenRow[] | undefined> {
  constructor(readonly asked: RowsAsked, readonly distributorId: DistributorId | null) {
    super();
  }
}
