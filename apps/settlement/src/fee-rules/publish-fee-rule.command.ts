import { Command } from '@nestjs/cqrs';
import type { ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedFeeRule } from './publish-fee-rule.decision.js';

export type PublishedFeeRule = Readonly<{ version: number }>;

export class PublishFeeRule extends Command<PublishedFeeRule | Rejected> {
  constructor(readonly request: AskedFeeRule & Readonly<{ programmeId: ProgrammeId }>, readonly meta: Meta) { super(); }
}
