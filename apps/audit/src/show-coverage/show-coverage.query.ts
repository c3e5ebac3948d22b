import { Query } from '@nestjs/cqrs';
import type { LocalDate } from '#libs/kernel';
import type { SignedStatement } from '../state-coverage/coverage-text.js';

export class ShowCoverageOfDay extends Query<SignedStatement | undefined> {
  constructor(readonly day: LocalDate) {
    super();
  }
}

/** Newest first, below a number when one is given. */
export class ListCoverage extends Query<SignedStatement[]> {
  constructor(readonly limit: number, readonly below: number | null) {
    super();
  }
}
