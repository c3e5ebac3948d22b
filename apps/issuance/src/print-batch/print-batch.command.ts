import { Command, Query } from '@nestjs/cqrs';
import type { BatchId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export const PRINT_FORMATS = ['csv', 'json'] as const;
export type PrintFormat = (typeof PRINT_FORMATS)[number];
export type PrintFile = Readonly<{ printFileId: string; count: number }>;

/** Records that somebody has the codes of a batch written out. Its answer is stored, so there is no code in it. */
export class RequestPrintFile extends Command<PrintFile | Rejected> {
  constructor(readonly batchId: BatchId, readonly format: PrintFormat, readonly meta: Meta) {
    super();
  }
}

/** The text of the file, piece by piece. Asked only after RequestPrintFile was granted. */
export class ReadPrintFile extends Query<AsyncIterable<string>> {
  constructor(readonly batchId: BatchId, readonly format: PrintFormat) {
    super();
  }
}
