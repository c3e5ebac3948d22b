import { Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';

/** The log up to a checkpoint, by default the newest, as lines that need nothing else to be verified. */
export class ExportLog extends Query<Readonly<{ size: number; pieces: AsyncIterable<string> }> | Rejected> {
  constructor(readonly size: number | null) {
    super();
  }
}
