import { Query } from '@nestjs/cqrs';
import type { BankLineId } from '#libs/kernel';
import type { UnmatchedCredit } from '../receipt.store.js';

/** Credits of which something is left, oldest first, from the one after `after` on. */
export class ListUnmatched extends Query<readonly UnmatchedCredit[]> {
  constructor(readonly after: BankLineId | null, readonly rowsMax: number) {
    super();
  }
}
