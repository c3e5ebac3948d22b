import { Command, Query } from '@nestjs/cqrs';
import type { LocalDate, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Figures } from './figures.decision.js';
import type { RuleSet } from './rule-set.store.js';

export type AskedRuleSet = Readonly<{ effectiveFrom: LocalDate; figures: Figures; reason: string }>;
export type TakenRuleSet = Readonly<{ version: number; effectiveFrom: string }>;

/** Figures of the rules, from a day to come on; they count once another person has confirmed them. */
export class ProposeRuleSet extends Command<TakenRuleSet | Rejected> {
  constructor(readonly asked: AskedRuleSet, readonly meta: Meta) {
    super();
  }
}

export class ConfirmRuleSet extends Command<TakenRuleSet | Rejected> {
  constructor(readonly version: number, readonly meta: Meta) {
    super();
  }
}

/** The newest first. */
export class ListRuleSets extends Query<readonly RuleSet[]> {}
