import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DebitNoteLostV1 } from '#libs/contracts';
import { idOf, isRejected, toWire, type DebitNoteLossId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { isBehindAccount } from '../payee-bank-accounts/people-behind.store.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { DecideLoss, ProposeLoss, type DecidedLoss, type ProposedLoss } from './debit-note-loss.commands.js';
import { decideLoss, decideProposal } from './debit-note-loss.decision.js';
import { hasOpenProposal, insertLoss, insertLossDecision, readLoss } from './debit-note-loss.store.js';
import { lossPosting, type OpenNoteOf } from './debit-note.decision.js';
import { insertDischarges, lockNotes } from './debit-note.store.js';

@CommandHandler(ProposeLoss)
export class ProposeLossHandler implements ICommandHandler<ProposeLoss> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { debitNoteId, note }, meta }: ProposeLoss) {
    return this.work.once<ProposedLoss | Rejected>(meta, async (tx) => {
      const [found] = await lockNotes(tx, { debitNoteIds: [debitNoteId] });
      const decided = decideProposal(found && { ...found, hasProposal: await hasOpenProposal(tx, debitNoteId) });
      if (isRejected(decided)) return decided;
      const lossId = idOf('debitNoteLoss', tx.newId());
      await insertLoss(tx, { lossId, debitNoteId, amount: decided.amount, note });
      return { lossId, amountCents: toWire(decided.amount) };
    });
  }
}

@CommandHandler(DecideLoss)
export class DecideLossHandler implements ICommandHandler<DecideLoss> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { lossId, outcome, note }, meta }: DecideLoss) {
    return this.work.once<DecidedLoss | Rejected>(meta, async (tx) => {
      const debitNoteId = (await readLoss(tx, lossId))?.debitNoteId;
      const [debt] = debitNoteId ? await lockNotes(tx, { debitNoteIds: [debitNoteId] }) : [];
      // Read again: two who decide at once took turns at the lock.
      const loss = await readLoss(tx, lossId);
      const decidedBy = personOf(tx);
      const decided = decideLoss(loss && debt && { ...loss, left: debt.left }, {
        outcome, decidedBy, isBehindAccount: debt !== undefined && await isBehindAccount(tx, debt.payeeId, decidedBy),
      });
      if (isRejected(decided)) return decided;
      await insertLossDecision(tx, { lossId, outcome, note });
      if (outcome === 'confirmed') await bookLoss(tx, debt!, lossId);
      return { lossId, state: outcome, amountCents: toWire(loss!.amount) };
    });
  }
}

/** All that is left. */
async function bookLoss(tx: Tx, debt: OpenNoteOf, lossId: DebitNoteLossId): Promise<void> {
  const { debitNoteId, payeeId, custodyAccountId, left: amount } = debt;
  const eventId = await tx.emit(DebitNoteLostV1, {
    subject: `debitNote:${debitNoteId}`, subjectVersion: 2, posting: lossPosting(debt, amount),
    body: { debitNoteId, payeeId, custodyAccountId, amountCents: toWire(amount), currency: 'EUR' },
  });
  await insertDischarges(tx, [{ kind: 'lost', lossId, debitNoteId, amount, eventId }]);
}
