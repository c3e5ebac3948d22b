import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Tx } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { resumeUndo } from '../undo-claims/undo-claim-line.js';
import { parkedAmong } from '../undo-claims/undoing-line.store.js';
import { AccrueClaimLine, AccrueClaimLines } from './accrue-claim-line.command.js';
import { accrualOf } from './accrue-claim-line.decision.js';
import { insertClaimLine, insertClaimLines } from './claim-line.store.js';

@CommandHandler(AccrueClaimLine)
export class AccrueClaimLineHandler implements ICommandHandler<AccrueClaimLine> {
  constructor(private readonly work: SettlementWork) {}

  execute({ fact, sourceSeq, meta }: AccrueClaimLine) {
    return this.work.once(meta, async (tx) => {
      const payeeId = await insertClaimLine(tx, { fact, sourceSeq });
      if (!payeeId) return null;
      await tx.postTaken(accrualOf(fact, payeeId));
      await resumeUndo(tx, fact.redemptionId);
      return null;
    });
  }
}

/** Three statements for all: what one redemption would cost. Those that were told before or come from a new place are left. */
@CommandHandler(AccrueClaimLines)
export class AccrueClaimLinesHandler implements ICommandHandler<AccrueClaimLines> {
  async execute({ messages, tx }: AccrueClaimLines) {
    const payees = await insertClaimLines(tx, messages.map(({ body, seq }) => ({ fact: body, sourceSeq: seq })));
    const accrued = messages.filter(({ body }) => payees.has(body.redemptionId));
    await tx.postAllTaken(accrued.map((message) =>
      ({ message, posting: accrualOf(message.body, payees.get(message.body.redemptionId)!) })));
    await resumeUndos(tx, accrued.map(({ body }) => body.redemptionId));
    return messages.filter(({ body }) => !payees.has(body.redemptionId));
  }
}

/** Looked for after the lines were inserted, as for one: an undoing parks only where it finds no line. */
async function resumeUndos(tx: Tx, redemptionIds: readonly string[]): Promise<void> {
  for (const redemptionId of await parkedAmong(tx, redemptionIds)) await resumeUndo(tx, redemptionId);
}
