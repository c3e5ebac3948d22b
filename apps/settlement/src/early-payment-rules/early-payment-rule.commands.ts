import { Command, Query } from '@nestjs/cqrs';
import type { ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedEarlyPaymentRule, EarlyPaymentRule } from './early-payment-rule.decision.js';

/** The ceiling in cents as a number: it is kept with the request. */
export type NewEarlyPaymentRule = Omit<AskedEarlyPaymentRule, 'ceiling'> & Readonly<{ programmeId: ProgrammeId; ceilingCents: number }>;

export class PublishEarlyPaymentRule extends Command<Readonly<{ version: number }> | Rejected> {
  constructor(readonly asked: NewEarlyPaymentRule, readonly meta: Meta) { super(); }
}

export class ListEarlyPaymentRules extends Query<readonly EarlyPaymentRule[]> {
  constructor(readonly programmeId: ProgrammeId) { super(); }
}
