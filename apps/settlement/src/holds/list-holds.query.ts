import { Query } from '@nestjs/cqrs';
import type { AlertId, ClaimLineId, HoldId, MeasureId, PayeeId, PlaceId, ProgrammeId, RedemptionId } from '#libs/kernel';
import type { Reader } from '../reader.js';
import type { AlertStanding, HoldReason } from './hold.decision.js';

/** `held` until somebody decided. */
export const HOLD_STATES = ['held', 'released', 'rejected'] as const;

export type ListedHold = Readonly<{
  id: HoldId;
  payeeId: PayeeId;
  legalName: string | null;
  custodyAccountId: string;
  upToSeq: bigint;
  period: string;
  reason: HoldReason;
  measureId: MeasureId | null;
  /** Why the place was suspended or withdrawn; what the operator wrote about it is with redemption. */
  measureReason: string | null;
  alertId: AlertId | null;
  /** What audit found, in the words that the place reads. */
  alertTextFr: string | null;
  alertTextEn: string | null;
  appeal: AlertStanding['appeal'] | null;
  lineCount: number;
  gross: bigint;
  heldAt: Date;
  /** Whole days from the hold to its decision, or to now. */
  ageDays: number;
  state: (typeof HOLD_STATES)[number];
  rejectedFor: string | null;
  note: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  dueSeq: bigint | null;
}>;

export type HoldFilter = Readonly<{
  before: HoldId | null; rowsMax: number; holdId: HoldId | null; state: ListedHold['state'] | null; payeeId: PayeeId | null;
}>;

export class ListHolds extends Query<readonly ListedHold[]> {
  constructor(readonly reader: Reader, readonly filter: HoldFilter) { super(); }
}

export type ListedHeldLine = Readonly<{
  claimLineId: ClaimLineId; redemptionId: RedemptionId; sourceSeq: number; placeId: PlaceId; programmeId: ProgrammeId;
  serviceDate: string; redeemedAt: Date; gross: bigint;
}>;

/** Undefined when the reader may see no such hold. In the order of their numbers. */
export class ListHeldLines extends Query<readonly ListedHeldLine[] | undefined> {
  constructor(readonly reader: Reader, readonly page: Readonly<{ holdId: HoldId; afterSeq: number; rowsMax: number }>) { super(); }
}
