import { Command } from '@nestjs/cqrs';
import type { ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedClosingRule } from './closing-rule.decision.js';

export type PublishedClosingRule = Readonly<{ version: number }>;

export class PublishClosingRule extends Command<PublishedClosingRule | Rejected> {
  constructor(readonly request: AskedClosingRule & Readonly<{ programmeId: ProgrammeId }>, readonly meta: Meta) { super(); }
}
