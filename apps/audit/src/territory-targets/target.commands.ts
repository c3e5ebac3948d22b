import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, Meta } from '#libs/persistence';
import type { Target } from './target.decision.js';
import type { TargetsOf } from './target.store.js';

/** A later version replaces the one before, which stays. */
export class SetTarget extends Command<Readonly<{ version: number }> | KeyReused> {
  constructor(readonly of: TargetsOf, readonly target: Omit<Target, 'version'>, readonly meta: Meta) {
    super();
  }
}

/** `reached`: at least so many services; null: unknown, or a payer asks. */
export type TargetReach = Target & Readonly<{ reached: number | null }>;

/** A payer sees those of programmes that it pays for. */
export class ShowTargets extends Query<readonly TargetReach[] | Rejected> {
  constructor(readonly of: TargetsOf, readonly payerId: string | null) {
    super();
  }
}
