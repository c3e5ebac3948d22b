import { Command, Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { KeptRule } from './sharing-rule.decision.js';

/** Of a programme; null: of the national pool. */
export type RuledPool = ProgrammeId | null;
export type AskedRule = Readonly<{
  programmeId: RuledPool; from: LocalDate; deciders: readonly string[];
  /** Both null of the national pool, which divides nothing. */
  operatorCapBasisPoints: number | null; localBasisPoints: number | null;
}>;

export class ProposeSharingRule extends Command<Readonly<{ version: number }> | Rejected> {
  constructor(readonly asked: AskedRule, readonly meta: Meta) { super(); }
}

export type OneRule = Readonly<{ programmeId: RuledPool; version: number }>;

export class ConfirmSharingRule extends Command<Readonly<{ version: number }> | Rejected> {
  constructor(readonly of: OneRule, readonly meta: Meta) { super(); }
}

export class WithdrawSharingRule extends Command<Readonly<{ version: number }> | Rejected> {
  constructor(readonly of: OneRule, readonly meta: Meta) { super(); }
}

/** Newest first, whatever became of them. */
export class ListSharingRules extends Query<readonly KeptRule[]> {
  constructor(readonly programmeId: RuledPool) { super(); }
}
