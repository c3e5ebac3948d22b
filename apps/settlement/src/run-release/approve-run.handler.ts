import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { APPROVALS_NEEDED, UNUSUAL_APPROVALS_NEEDED } from '../limits.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { BREAKER_RULES, decideBreakers, type BreakerLimits } from '../settlement-runs/run-breakers.decision.js';
import { runFigures } from '../settlement-runs/run-figures.store.js';
import { ApproveRun, type RunMoved } from '../settlement-runs/settlement-runs.commands.js';
import { decideApproval } from './run.decision.js';
import { insertApproval, lockRun, markApproved } from './run.store.js';

@CommandHandler(ApproveRun)
export class ApproveRunHandler implements ICommandHandler<ApproveRun> {
  constructor(private readonly work: SettlementWork, @Inject(BREAKER_RULES) private readonly limits: BreakerLimits) {}

  execute({ request: { runId, sha256, reasons }, meta }: ApproveRun) {
    return this.work.once<RunMoved | Rejected>(meta, async (tx) => {
      // Runs are judged by each other: none is released while this one is looked at.
      await lockByName(tx, 'settlement runs');
      const run = await lockRun(tx, runId);
      const tripped = run ? decideBreakers(await runFigures(tx.sql, runId, tx.now), this.limits) : [];
      const needed = { usual: APPROVALS_NEEDED, unusual: UNUSUAL_APPROVALS_NEEDED };
      const decided = decideApproval(run, { userId: personOf(tx), sha256, reasons }, tripped, needed);
      if (isRejected(decided)) return decided;
      await insertApproval(tx, runId, sha256, decided.breakers);
      if (decided.complete) await markApproved(tx, runId);
      return { runId, state: decided.complete ? 'approved' : 'drafted', approvals: run!.approvals.length + 1 };
    });
  }
}
