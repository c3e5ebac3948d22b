import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { APPROVALS_NEEDED } from '../limits.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { ApproveRun, type RunMoved } from '../settlement-runs/settlement-runs.commands.js';
import { decideApproval } from './run.decision.js';
import { insertApproval, lockRun, markApproved } from './run.store.js';

@CommandHandler(ApproveRun)
export class ApproveRunHandler implements ICommandHandler<ApproveRun> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { runId, sha256 }, meta }: ApproveRun) {
    return this.work.once<RunMoved | Rejected>(meta, async (tx) => {
      const run = await lockRun(tx, runId);
      const decided = decideApproval(run, { userId: personOf(tx), sha256 });
      if (isRejected(decided)) return decided;
      await insertApproval(tx, runId, sha256);
      const approvals = run!.approvals.length + 1;
      if (approvals >= APPROVALS_NEEDED) await markApproved(tx, runId);
      return { runId, state: 'approved', approvals };
    });
  }
}
