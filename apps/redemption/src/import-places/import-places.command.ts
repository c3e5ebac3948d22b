import { Command, Query } from '@nestjs/cqrs';
import type { FileImport, ImportsAsked, RowsAsked, TakenRow } from '#libs/imports';
import type { FileImportId, Rejected } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';
import type { MediaType } from '#libs/tabular';
import type { AskedMapping } from './column-mapping.decision.js';

export type PlaceFile = Readonly<{
  bytes: Buffer; sha256: string; mediaType: MediaType;
  /** Null: the file is in the national standard and read by its own names. */
  mapping: AskedMapping | null;
}>;

/** Places from a file; goes on with an unfinished import of the same file under the same mapping. */
export class ImportPlaces extends Command<FileImport | Rejected> {
  constructor(readonly file: PlaceFile, readonly meta: RequestMeta) {
    super();
  }
}

export class ShowPlaceImport extends Query<FileImport | undefined> {
  constructor(readonly importId: FileImportId) {
    super();
  }
}

/** Newest first. */
export class ListPlaceImports extends Query<readonly FileImport[]> {
  constructor(readonly asked: Omit<ImportsAsked, 'kind'>) {
    super();
  }
}

/** In the order of the file; undefined when there is no such import. */
export class ListPlaceImportRows extends Query<readonly TakenRow[] | undefined> {
  constructor(readonly asked: RowsAsked) {
    super();
  }
}
