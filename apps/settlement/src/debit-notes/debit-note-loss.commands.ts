import { Command } from '@nestjs/cqrs';
import type { DebitNoteId, DebitNoteLossId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { LossOutcome } from './debit-note-loss.decision.js';

export type ProposedLoss = Readonly<{ lossId: DebitNoteLossId; amountCents: number }>;

/** Somebody holds that what is left of a debit note will never be paid. */
export class ProposeLoss extends Command<ProposedLoss | Rejected> {
  constructor(readonly asked: Readonly<{ debitNoteId: DebitNoteId; note: string }>, readonly meta: Meta) { super(); }
}

export type DecidedLoss = Readonly<{ lossId: DebitNoteLossId; state: LossOutcome; amountCents: number }>;

export class DecideLoss extends Command<DecidedLoss | Rejected> {
  constructor(readonly asked: Readonly<{ lossId: DebitNoteLossId; outcome: LossOutcome; note: string }>, readonly meta: Meta) { super(); }
}
