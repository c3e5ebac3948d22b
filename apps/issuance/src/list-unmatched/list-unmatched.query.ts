import { Query } from '@nestjs/cqrs';
import type { BankLineId } from '#libs/kernel';
import type { Candidate } from '../match-receipt/payer-match.decision.js';
import type { UnmatchedCredit } from '../receipt.store.js';

export type WorkListCredit = UnmatchedCredit & Readonly<{ candidates: readonly Candidate[] }>;

/** Credits of which something is left, oldest first, from the one after `after` on; or those that were set aside. */
export class ListUnmatched extends Query<readonly WorkListCredit[]> {
  constructor(readonly page: Readonly<{ after: BankLineId | null; rowsMax: number; setAside: boolean }>) {
    super();
  }
}
