import { Query } from '@nestjs/cqrs';
import type { Cents, PayeeId } from '#libs/kernel';
import type { Reason } from './create-run.decision.js';
import type { TrippedBreaker } from './run-breakers.decision.js';
import type { PaymentFigures } from './run-figures.store.js';
import type { RunId } from './settlement-runs.commands.js';

export type KeptLeftOut = Readonly<{ payeeId: PayeeId; legalName: string | null; amount: Cents; reason: Reason }>;

export type RunPreview = Readonly<{
  /** The largest first. */
  payments: readonly PaymentFigures[];
  leftOut: readonly KeptLeftOut[];
  total: Cents;
  /** Of the last released run of the same purpose and bank account; null: this is the first. */
  lastTotal: Cents | null;
  breakers: readonly TrippedBreaker[];
}>;

/** Undefined when there is no such run. */
export class PreviewRun extends Query<RunPreview | undefined> {
  constructor(readonly runId: RunId) { super(); }
}
