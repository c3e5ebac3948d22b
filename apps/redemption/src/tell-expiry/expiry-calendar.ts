// Tells the steps of every batch when their day has come, and starts its expiry run with the last one. Nothing of it is
// remembered by a process: what is due is found by comparing dates with what was told.
import { Injectable } from '@nestjs/common';
import { BatchExpiryDueV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, toWire, type BatchId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { decideExpiry } from '../expire-batch/expire-batch.decision.js';
import { expirableBatches, EXPIRY_RUNS_LOCK, insertRun } from '../expire-batch/expiry-run.store.js';
import { ExpiryRunner } from '../expire-batch/expiry-runner.js';
import { OPERATOR_ZONE } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { dueSteps, type DueStep, type Moment } from './expiry-calendar.decision.js';
import { endingBatches, figuresOf, insertStep, type BatchFigures, type EndingBatch } from './expiry-step.store.js';

@Injectable()
export class ExpiryCalendar {
  constructor(private readonly work: RedemptionWork, private readonly runner: ExpiryRunner) {}

  /** One look at every batch, one transaction each. A batch that fails does not hold up the others. */
  async tellAll(failed: (batchId: BatchId, error: unknown) => void): Promise<void> {
    for (const batchId of await this.dueBatches()) {
      try {
        if (await this.work.once(metaOf(batchId), (tx) => tell(tx, batchId))) this.runner.wake();
      } catch (error) {
        failed(batchId, error);
      }
    }
  }

  async isIdle(): Promise<boolean> {
    return (await this.dueBatches()).length === 0;
  }

  private async dueBatches(): Promise<readonly BatchId[]> {
    const found = await this.work.once(metaOf('all'), async (tx) => {
      const moment = momentOf(tx);
      const ending = await endingBatches(tx.sql, moment.today);
      return ending.filter((batch) => dueSteps(batch, batch.told, moment).length > 0).map(({ batchId }) => batchId);
    });
    return isRejected(found) ? [] : found;
  }
}

const metaOf = (batchId: string) => ({ kind: 'process', name: 'expiry-calendar', correlationId: `expiry:${batchId}` } as const);

const momentOf = ({ now }: Tx): Moment => ({ today: dayIn(OPERATOR_ZONE, now), now });

/** True when a run was started. Two processes queue here, and the second finds nothing left to tell. */
async function tell(tx: Tx, batchId: BatchId): Promise<boolean> {
  await lockByName(tx, EXPIRY_RUNS_LOCK);
  const moment = momentOf(tx);
  const [batch] = await endingBatches(tx.sql, moment.today, batchId);
  if (!batch) return false;
  const steps = dueSteps(batch, batch.told, moment);
  const figures = steps.length > 0 ? await figuresOf(tx, batchId) : undefined;
  let isRunStarted = false;
  for (const due of steps) {
    if (due.step === 'claims_ended') {
      const end = await startRun(tx, batchId);
      if (end === 'not yet') return isRunStarted;
      isRunStarted = end === 'started';
    }
    await tellStep(tx, batch, due, figures!);
  }
  return isRunStarted;
}

async function tellStep(tx: Tx, batch: EndingBatch, due: DueStep, { left, ...counts }: BatchFigures): Promise<void> {
  const { batchId, programmeId, usableUntil, claimableUntil } = batch;
  const eventId = await tx.emit(BatchExpiryDueV1, {
    subject: `batch:${batchId}`,
    body: { batchId, programmeId, usableUntil, claimableUntil, ...due, ...counts, leftCents: toWire(left), currency: 'EUR' },
  });
  await insertStep(tx, batch, due, eventId);
}

/** The run that follows the last day of claims. It waits for vouchers that are still being loaded, and so does its step. */
async function startRun(tx: Tx, batchId: BatchId): Promise<'started' | 'known' | 'not yet'> {
  const [batch] = await expirableBatches(tx, { batchId });
  const decided = decideExpiry(batch!, tx.now);
  if (isRejected(decided)) return 'not yet';
  if (decided.kind === 'known') return 'known';
  await insertRun(tx, idOf('expiryRun', tx.newId()), batchId, `${tx.origin.actor.kind}:${tx.origin.actor.id}`);
  return 'started';
}
