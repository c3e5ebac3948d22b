import { Query } from '@nestjs/cqrs';
import type { Cents, RedemptionId, StatementId } from '#libs/kernel';
import type { Reader } from '../reader.js';
import type { Part, Ruled, SharedLine } from './parts.decision.js';

/** Of everything that a redemption made owed or took back; undefined where nobody may see a line of it. */
export class WhoGetsOfRedemption extends Query<readonly SharedLine[] | undefined> {
  constructor(readonly reader: Reader, readonly redemptionId: RedemptionId) { super(); }
}

export type SharedStatement = Readonly<{
  gross: Cents; parts: readonly Part[];
  /** Owed to the operator and the State beside the statement, by a payee that accepted no netting. */
  billedFee: Cents; billedVat: Cents;
  groups: readonly (Ruled & Readonly<{ lineCount: number; gross: Cents; parts: readonly Part[] }>)[];
}>;

export class WhoGetsOfStatement extends Query<SharedStatement | undefined> {
  constructor(readonly reader: Reader, readonly statementId: StatementId) { super(); }
}
