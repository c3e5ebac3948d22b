import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, Meta } from '#libs/persistence';
import type { Target } from './target.decision.js';
import type { SetTargetRow, TargetsOf } from './target.store.js';

/** `previousVersion`: the one that whoever sets it saw, 0 for none; null where nobody looked. */
export type NewTarget = Omit<Target, 'version'> & Readonly<{ previousVersion: number | null }>;

/** A later version replaces the one before, which stays. */
export class SetTarget extends Command<Readonly<{ version: number }> | Rejected | KeyReused> {
  constructor(readonly of: TargetsOf, readonly target: NewTarget, readonly meta: Meta) {
    super();
  }
}

/** `reached`: at least so many services; null: unknown, or a payer asks. A payer is not told who of the operator set it. */
export type TargetReach = Omit<SetTargetRow, 'setBy'> & Readonly<{ setBy: string | null; reached: number | null }>;

/** A payer sees those of programmes that it pays for. */
export class ShowTargets extends Query<readonly TargetReach[] | Rejected> {
  constructor(readonly of: TargetsOf, readonly payerId: string | null) {
    super();
  }
}
