import { Query } from '@nestjs/cqrs';
import type { RightsOf } from './rights.store.js';
import type { Rights, RightsEvent } from './rights.decision.js';

/** `at`: left out, now. */
export class ShowRights extends Query<Rights & Readonly<{ at: Date; history: readonly RightsEvent[] }>> {
  constructor(readonly of: RightsOf, readonly at: Date | undefined) {
    super();
  }
}
