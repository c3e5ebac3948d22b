import { Query } from '@nestjs/cqrs';
import type { ReadingCursor, ReadingFilter, ReadingRow } from './reading.store.js';

export class ShowReadings extends Query<ReadingRow[]> {
  constructor(readonly filter: ReadingFilter, readonly limit: number, readonly after: ReadingCursor | null) {
    super();
  }
}
