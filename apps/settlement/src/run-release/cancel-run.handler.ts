import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { SettlementWork } from '../settlement.work.js';
import { CancelRun, type RunMoved } from '../settlement-runs/settlement-runs.commands.js';
import { decideCancellation } from './run.decision.js';
import { lockRun, markCancelled } from './run.store.js';

/** Its statements are free for another run. What was approved stays written, and lets nothing go any more. */
@CommandHandler(CancelRun)
export class CancelRunHandler implements ICommandHandler<CancelRun> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { runId, reason }, meta }: CancelRun) {
    return this.work.once<RunMoved | Rejected>(meta, async (tx) => {
      const run = await lockRun(tx, runId);
      const decided = decideCancellation(run);
      if (isRejected(decided)) return decided;
      await markCancelled(tx, runId, reason);
      return { runId, state: 'cancelled', approvals: run!.approvals.length };
    });
  }
}
