import { Command } from '@nestjs/cqrs';
import type { AgentId, BatchId, DistributorId, HandOverId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Recipients } from '../hand-over.store.js';
import type { EndingBatch } from '../vintages/ending-batch.store.js';
import type { AskedRange } from '../voucher-range.decision.js';

export type AskedHandOver = Recipients & AskedRange & Readonly<{
  batchId: BatchId;
  /** Out of the stock of this desk; null: wherever the distributor has them. */
  agentId: AgentId | null;
  /** The counsellor's own word for a person's path; kept as a keyed hash only. */
  pathway: string | null;
}>;
/** Named by what stands on the voucher or on the cover of its booklet. */
export type ScannedHandOver = Omit<AskedHandOver, 'batchId' | 'first' | 'last' | 'booklets'> & Readonly<{ serial: string }>;
/** `position` is the place in the list that was asked: what was received in two deliveries leaves as two hand-overs. */
export type MadeHandOver = Readonly<{ handOverId: HandOverId; position: number; batchId: BatchId; first: number; last: number }>;

/** `ending`: batches whose payers were asked to sign their end off. What is handed over of them now stays at the payers' charge. */
export type HandedOver = Readonly<{ handOvers: readonly MadeHandOver[]; ending: readonly EndingBatch[] }>;

/** Vouchers leave a distributor's stock for the people they are meant for: all that is asked, or nothing. */
export class HandOver extends Command<HandedOver | Rejected> {
  constructor(readonly distributorId: DistributorId, readonly asked: readonly (AskedHandOver | ScannedHandOver)[], readonly meta: Meta) {
    super();
  }
}

export type ReturnedHandOver = Readonly<{ handOverId: HandOverId; batchId: BatchId; first: number; last: number }>;

/** A hand-over is taken back whole: its vouchers are in stock again. */
export class ReturnHandOver extends Command<ReturnedHandOver | Rejected> {
  constructor(readonly handOverId: HandOverId, readonly distributorId: DistributorId, readonly meta: Meta) {
    super();
  }
}
