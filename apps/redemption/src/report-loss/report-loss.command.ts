import { Command, Query } from '@nestjs/cqrs';
import type { BatchId, DistributorId, LocalDate, LossReportId, Rejected } from '#libs/kernel';
import type { BookletParts, CodeMac, SerialParts } from '#libs/keys';
import type { Meta } from '#libs/persistence';

export const HOLDER_REASONS = ['lost', 'stolen'] as const;
export type HolderReason = (typeof HOLDER_REASONS)[number];
export const LOSS_OUTCOMES = ['stopped', 'left'] as const;
export type LossOutcome = (typeof LOSS_OUTCOMES)[number];

export type StoppedByHolder = Readonly<{ serial: string; stoppedOn: LocalDate; stoppedBefore: boolean }>;

/** By the code: who has it could as well use it up. */
export class StopByCode extends Command<StoppedByHolder | Rejected> {
  constructor(readonly codeMacs: readonly CodeMac[], readonly reason: HolderReason, readonly correlationId: string) {
    super();
  }
}

/** What stands on a voucher, or on the cover of a booklet. */
export type PaperNumber = Readonly<{ serial: SerialParts }> | Readonly<{ booklet: BookletParts; number: string }>;
export type ReportedLoss = Readonly<{ reference: string; reportedAt: string }>;

/** By a number that anybody may have read: nothing is stopped until whoever handed it over has looked. */
export class ReportLoss extends Command<ReportedLoss | Rejected> {
  constructor(readonly number: PaperNumber, readonly correlationId: string) {
    super();
  }
}

export type AnsweredLoss = Readonly<{ reportId: LossReportId; outcome: LossOutcome; answeredAt: string }>;

export class AnswerLoss extends Command<AnsweredLoss | Rejected> {
  constructor(
    readonly reportId: LossReportId, readonly outcome: LossOutcome,
    /** Null: the operator, who may answer each. */
    readonly distributorId: DistributorId | null,
    readonly meta: Meta,
  ) {
    super();
  }
}

export type LossReportView = Readonly<{
  reportId: LossReportId; reference: string; number: string; batchId: BatchId; first: number; last: number;
  distributorId: DistributorId | null; reportedAt: Date; stopped: boolean; outcome: LossOutcome | null; answeredAt: Date | null;
}>;
export type LossesAsked = Readonly<{
  before: LossReportId | null; rowsMax: number; open: boolean | null;
  /** Null: all of them, those of nobody too. */
  distributorId: DistributorId | null;
}>;

export class ListLosses extends Query<readonly LossReportView[]> {
  constructor(readonly asked: LossesAsked) {
    super();
  }
}
