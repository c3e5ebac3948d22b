import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, isRejected } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { listDifferences } from '../compare-tallies/compared-tally.store.js';
import { forgetRestated, lockRestated } from './restated.store.js';
import { ApproveRestatement, AskRestatement, ListRestatements } from './restatement.commands.js';
import { decideApproval } from './restatement.decision.js';
import { findRestatement, insertApproval, insertRestatement, insertStanding, listRestatements } from './restatement.store.js';

@CommandHandler(AskRestatement)
export class AskRestatementHandler implements ICommandHandler<AskRestatement> {
  constructor(private readonly work: AuditWork) {}

  execute({ reason, meta }: AskRestatement) {
    return this.work.once(meta, async (tx) => {
      const restatementId = idOf('restatement', tx.newId());
      await insertRestatement(tx, { restatementId, reason });
      return { restatementId };
    });
  }
}

@CommandHandler(ApproveRestatement)
export class ApproveRestatementHandler implements ICommandHandler<ApproveRestatement> {
  constructor(private readonly work: AuditWork) {}

  /** What differs is kept first, and then all is forgotten: the passes of the restater begin with the first event again. */
  execute({ restatementId, meta }: ApproveRestatement) {
    return this.work.once(meta, async (tx) => {
      await lockRestated(tx);
      const decided = decideApproval(await findRestatement(tx.sql, restatementId), tx.origin.actor.id);
      if (isRejected(decided)) return decided;
      // Read before the approval is written: from then on only what this one keeps is shown.
      const differing = await listDifferences(tx.sql);
      await insertApproval(tx, restatementId);
      await insertStanding(tx, restatementId, differing);
      await forgetRestated(tx);
      return { restatementId };
    });
  }
}

@QueryHandler(ListRestatements)
export class ListRestatementsHandler implements IQueryHandler<ListRestatements> {
  constructor(private readonly work: AuditWork) {}

  execute({ of }: ListRestatements) {
    return listRestatements(this.work.client, of);
  }
}
