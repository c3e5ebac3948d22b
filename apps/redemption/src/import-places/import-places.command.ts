import { Command, Query } from '@nestjs/cqrs';
import type { FileImport, RowsAsked, TakenRow } from '#libs/imports';
import type { FileImportId, Rejected } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';
import type { MediaType } from '#libs/tabular';

export type PlaceFile = Readonly<{ bytes: Buffer; sha256: string; mediaType: MediaType }>;

/** Places from a file in the national standard; goes on with an unfinished import of the same file. */
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

/** In the order of the file; undefined when there is no such import. */
export class ListPlaceImportRows extends Query<readonly TakenRow[] | undefined> {
  constructor(readonly asked: RowsAsked) {
    super();
  }
}
