import { Query } from '@nestjs/cqrs';
import type { ClaimLineId, PayeeId, PlaceId, ProgrammeId, RedemptionId, StatementId } from '#libs/kernel';
import type { Shares } from '../statement-closings/statement.decision.js';

/** `not_ordered` until a run takes it; then the state of its last payment. */
export type StatementState = 'not_ordered' | 'instructed' | 'released' | 'booked' | 'returned' | 'cancelled';

export type ListedStatement = Shares & Readonly<{
  id: StatementId;
  payeeId: PayeeId;
  legalName: string | null;
  custodyAccountId: string;
  fromSeq: number | null;
  upToSeq: number;
  lineCount: number;
  sha256: string;
  closedAt: Date;
  state: StatementState;
}>;

export type ShownFee = Shares & Readonly<{ programmeId: ProgrammeId; feeRuleVersion: number; lineCount: number }>;
export type ShownLine = Shares & Readonly<{
  claimLineId: ClaimLineId; redemptionId: RedemptionId; placeId: PlaceId; programmeId: ProgrammeId; feeRuleVersion: number;
  serviceDate: string;
}>;
export type ShownStatement = ListedStatement & Readonly<{ content: string; fees: readonly ShownFee[]; lines: readonly ShownLine[] }>;

/** Whose statements may be seen: all of them, or those of the payee behind one place. */
export type Reader = Readonly<{ placeId: PlaceId | null }>;

export class ListStatements extends Query<readonly ListedStatement[]> {
  constructor(
    readonly reader: Reader, readonly page: Readonly<{ before: StatementId | null; rowsMax: number; payeeId: PayeeId | null }>,
  ) { super(); }
}

export class ShowStatement extends Query<ShownStatement | undefined> {
  constructor(readonly reader: Reader, readonly statementId: StatementId) { super(); }
}
