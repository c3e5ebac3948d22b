import { Command, Query } from '@nestjs/cqrs';
import type { ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedSharingRule, SharingRule } from './sharing-rule.decision.js';

export class PublishSharingRule extends Command<Readonly<{ version: number }> | Rejected> {
  constructor(readonly asked: AskedSharingRule & Readonly<{ programmeId: ProgrammeId }>, readonly meta: Meta) { super(); }
}

export class ListSharingRules extends Query<readonly SharingRule[]> {
  constructor(readonly programmeId: ProgrammeId) { super(); }
}
