import { Command, Query } from '@nestjs/cqrs';
import type { Cents, LocalDate, ProgrammeId, Rejected, UpstreamFeeRuleId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { SimulatedFees } from './simulate-upstream-fees.decision.js';
import type { UpstreamFeeRule } from './upstream-fee-rule.store.js';

export type AskedUpstreamFeeRule = Omit<UpstreamFeeRule, 'ruleId' | 'version'>;
export type PublishedUpstreamFeeRule = Readonly<{ ruleId: UpstreamFeeRuleId; version: number }>;

export class PublishUpstreamFeeRule extends Command<PublishedUpstreamFeeRule | Rejected> {
  constructor(readonly request: AskedUpstreamFeeRule, readonly meta: Meta) { super(); }
}

export class ListUpstreamFeeRules extends Query<readonly UpstreamFeeRule[]> {
  constructor(readonly programmeId: ProgrammeId | null) { super(); }
}

export type Window = Readonly<{ programmeId: ProgrammeId; from: LocalDate; to: LocalDate }>;
export type Simulation = Readonly<{
  rule: Omit<AskedUpstreamFeeRule, 'from' | 'programmeId'>;
  sample: Readonly<{ total: Cents; weights: readonly Cents[] }> | null;
  window: Window | null;
}>;

/** What a rule would charge; nothing is kept of it. */
export class SimulateUpstreamFees extends Query<SimulatedFees | Rejected> {
  constructor(readonly simulation: Simulation) { super(); }
}
