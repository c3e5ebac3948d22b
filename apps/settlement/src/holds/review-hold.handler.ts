import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClaimLineRejectedV1, ClaimLineReleasedV1 } from '#libs/contracts';
import { isRejected, sum, toWire, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { CLOSING_LOCK } from '../statement-closings/closing.store.js';
import { decideReview, reviewPosting } from './hold.decision.js';
import { insertDecision, lastMakersOf, linesOfHold, readHold, type HeldLine, type StoredHold } from './hold.store.js';
import { ReviewHold, type Review, type ReviewedHold } from './review-hold.command.js';

@CommandHandler(ReviewHold)
export class ReviewHoldHandler implements ICommandHandler<ReviewHold> {
  constructor(private readonly work: SettlementWork) {}

  execute({ review, meta }: ReviewHold) {
    return this.work.once<ReviewedHold | Rejected>(meta, async (tx) => {
      // A closing that went on meanwhile would pass the number at which the lines are released: they would never be paid.
      // Two reviews of one hold take turns here too.
      await lockByName(tx, CLOSING_LOCK);
      const hold = await readHold(tx, review.holdId);
      const decided = decideReview(hold, { reviewer: personOf(tx), lastMakers: hold ? await lastMakersOf(tx, hold.payeeId) : [] });
      if (isRejected(decided)) return decided;
      return reviewed(tx, hold!, review);
    });
  }
}

async function reviewed(tx: Tx, hold: StoredHold, review: Review): Promise<ReviewedHold> {
  const { holdId, outcome, note } = review;
  const lines = await linesOfHold(tx, holdId);
  const dueSeq = await insertDecision(tx, { holdId, outcome, note, reason: review.outcome === 'rejected' ? review.reason : null });
  if (review.outcome === 'rejected') {
    await tx.emitAll(ClaimLineRejectedV1, lines.map((line) => ({
      ...factOf(hold, line, outcome), body: { ...bodyOf(hold, line), reason: review.reason },
    })));
  } else {
    await tx.emitAll(ClaimLineReleasedV1, lines.map((line) => ({
      ...factOf(hold, line, outcome), body: { ...bodyOf(hold, line), reason: hold.reason, dueSeq: dueSeq! },
    })));
  }
  return { holdId, state: outcome, lines: lines.length, grossCents: toWire(sum(lines.map(({ gross }) => gross))), dueSeq };
}

/** After the hold, which is the first thing that happens to a line. */
const factOf = (hold: StoredHold, { claimLineId, gross }: HeldLine, outcome: Review['outcome']) =>
  ({ subject: `claimLine:${claimLineId}`, subjectVersion: 2, posting: reviewPosting(hold, outcome, gross) });

const bodyOf = ({ holdId, custodyAccountId }: StoredHold, { claimLineId, redemptionId, batchId, gross }: HeldLine) =>
  ({ claimLineId, holdId, redemptionId, batchId, custodyAccountId, amountCents: toWire(gross), currency: 'EUR' as const });
