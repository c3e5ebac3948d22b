import { Command, Query } from '@nestjs/cqrs';
import type { FileImport, RowsAsked, TakenRow } from '#libs/imports';
import type { FileImportId, Rejected } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';
import type { MediaType } from '#libs/tabular';

export type PayerFile = Readonly<{ bytes: Buffer; sha256: string; mediaType: MediaType }>;

/** Payers from a published list of councils, or a plain one; goes on with an unfinished import of the same file. */
export class ImportPayers extends Command<FileImport | Rejected> {
  constructor(readonly file: PayerFile, readonly meta: RequestMeta) {
    super();
  }
}

export class ShowPayerImport extends Query<FileImport | undefined> {
  constructor(readonly importId: FileImportId) {
    super();
  }
}

/** In the order of the file; undefined when there is no such import. */
export class ListPayerImportRows extends Query<readonly TakenRow[] | undefined> {
  constructor(readonly asked: RowsAsked) {
    super();
  }
}
