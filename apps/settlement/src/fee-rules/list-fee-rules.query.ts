import { Query } from '@nestjs/cqrs';
import type { ProgrammeId } from '#libs/kernel';
import type { FeeRule } from './fee-rule.store.js';

export class ListFeeRules extends Query<readonly FeeRule[]> {
  constructor(readonly programmeId: ProgrammeId) { super(); }
}
