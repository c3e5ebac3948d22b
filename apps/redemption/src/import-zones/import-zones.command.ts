import { Command, Query } from '@nestjs/cqrs';
import type { FileImport, RowsAsked, TakenRow } from '#libs/imports';
import type { FileImportId, Rejected } from '#libs/kernel';
import type { RequestMeta } from '#libs/persistence';
import type { MediaType } from '#libs/tabular';
import type { ZoneList } from './zone-row.decision.js';

export type ZoneFile = Readonly<{ list: ZoneList; bytes: Buffer; sha256: string; mediaType: MediaType }>;

/** A version of an official list, in force once another person has accepted it; goes on with an unfinished import of the same file. */
export class ImportZones extends Command<FileImport | Rejected> {
  constructor(readonly file: ZoneFile, readonly meta: RequestMeta) {
    super();
  }
}

export class ShowZoneImport extends Query<FileImport | undefined> {
  constructor(readonly importId: FileImportId) {
    super();
  }
}

/** In the order of the file; undefined when there is no such import. */
export class ListZoneImportRows extends Query<readonly TakenRow[] | undefined> {
  constructor(readonly asked: RowsAsked) {
    super();
  }
}
