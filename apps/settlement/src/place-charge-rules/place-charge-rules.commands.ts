import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedChargeRule, ChargeRule } from './place-charge-rule.decision.js';

export class PublishChargeRule extends Command<Readonly<{ version: number }> | Rejected> {
  constructor(readonly request: AskedChargeRule, readonly meta: Meta) { super(); }
}

export class ListChargeRules extends Query<readonly ChargeRule[]> {}
