import { Query } from '@nestjs/cqrs';
import type { LocalDate } from '#libs/kernel';
import type { RuleInForce } from './rules.decision.js';

/** `placeId`: with its tariffs. */
export class ShowRules extends Query<readonly RuleInForce[]> {
  constructor(readonly programmeId: string, readonly placeId: string | null, readonly day: LocalDate) {
    super();
  }
}
