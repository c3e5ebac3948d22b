import { Command, Query } from '@nestjs/cqrs';
import type { BatchId, Cents, ExpiryRunId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';

export type ExpiryScope = Readonly<{ programmeId: ProgrammeId } | { batchId: BatchId }>;
export type StartedRuns = Readonly<{
  /** One per batch: started now, or found from an earlier command. */
  runs: readonly Readonly<{ runId: ExpiryRunId; batchId: BatchId }>[];
  leftOut: readonly Readonly<{ batchId: BatchId; code: RefusalCode }>[];
}>;

/** Ends the vouchers of a batch, or of every batch of a programme. Asked again, it answers the runs that there are. */
export class ExpireBatches extends Command<StartedRuns | Rejected> {
  constructor(readonly scope: ExpiryScope, readonly meta: Meta) {
    super();
  }
}

export type ExpiryRunView = Readonly<{
  runId: ExpiryRunId; batchId: BatchId; programmeId: ProgrammeId; count: number; nextIndex: number; chunkCount: number;
  voucherCount: number; amount: Cents; startedAt: Date; finishedAt: Date | null; outcome: string | null;
}>;
export type ExpiryRunPage = Readonly<{
  before: ExpiryRunId | null; rowsMax: number; programmeId: ProgrammeId | null; batchId: BatchId | null;
}>;

/** Newest first. */
export class ListExpiryRuns extends Query<readonly ExpiryRunView[]> {
  constructor(readonly page: ExpiryRunPage) {
    super();
  }
}
