import { Query } from '@nestjs/cqrs';
import type { ProgrammeId } from '#libs/kernel';
import type { BookEntry } from './fee-book.decision.js';

/** Empty for a programme that has no rule, or is none. */
export class ShowFeeBook extends Query<readonly BookEntry[]> {
  constructor(readonly programmeId: ProgrammeId) {
    super();
  }
}
