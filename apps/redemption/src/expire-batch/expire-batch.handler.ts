import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, isRejected, reject, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import { ExpireBatches, ListExpiryRuns, type ExpiryRunView, type StartedRuns } from './expire-batch.command.js';
import { decideExpiry, type ExpirableBatch } from './expire-batch.decision.js';
import { expirableBatches, EXPIRY_RUNS_LOCK, insertRun, listExpiryRuns } from './expiry-run.store.js';
import { ExpiryRunner } from './expiry-runner.js';

@CommandHandler(ExpireBatches)
export class ExpireBatchesHandler implements ICommandHandler<ExpireBatches> {
  constructor(private readonly work: RedemptionWork, private readonly runner: ExpiryRunner) {}

  async execute({ scope, meta }: ExpireBatches): Promise<StartedRuns | Rejected> {
    const outcome = await this.work.once<StartedRuns | Rejected>(meta, async (tx) => {
      await lockByName(tx, EXPIRY_RUNS_LOCK);
      const batches = await expirableBatches(tx, scope);
      if (batches.length === 0) return reject('batchId' in scope ? 'batch_not_found' : 'nothing_to_expire');
      return start(tx, batches);
    });
    if (!isRejected(outcome)) this.runner.wake();
    return outcome;
  }
}

/** When nothing can be expired, the first reason is the answer; otherwise each batch that is left out has its own. */
async function start(tx: Tx, batches: readonly ExpirableBatch[]): Promise<StartedRuns | Rejected<RefusalCode>> {
  const decided = batches.map((batch) => ({ batchId: batch.batchId, outcome: decideExpiry(batch, tx.now) }));
  const runs: StartedRuns['runs'][number][] = [];
  const leftOut: StartedRuns['leftOut'][number][] = [];
  for (const { batchId, outcome } of decided) {
    if (isRejected(outcome)) {
      leftOut.push({ batchId, code: outcome.code });
    } else if (outcome.kind === 'known') {
      runs.push({ runId: outcome.runId, batchId });
    } else {
      const runId = idOf('expiryRun', tx.newId());
      await insertRun(tx, runId, batchId, `${tx.origin.actor.kind}:${tx.origin.actor.id}`);
      runs.push({ runId, batchId });
    }
  }
  const [first] = decided;
  return runs.length === 0 && isRejected(first!.outcome) ? first!.outcome : { runs, leftOut };
}

@QueryHandler(ListExpiryRuns)
export class ListExpiryRunsHandler implements IQueryHandler<ListExpiryRuns> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ page }: ListExpiryRuns): Promise<readonly ExpiryRunView[]> {
    return listExpiryRuns(this.work.client, page);
  }
}
