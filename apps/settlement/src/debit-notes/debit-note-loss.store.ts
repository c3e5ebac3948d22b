import { cents, type Cents, type DebitNoteId, type DebitNoteLossId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { LossOutcome, ProposedState } from './debit-note-loss.decision.js';

export async function hasOpenProposal(tx: Tx, debitNoteId: DebitNoteId): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ found: boolean }[]>`
    select exists (select from settlement.debit_note_loss l where l.debit_note_id = ${debitNoteId}::uuid
      and not exists (select from settlement.debit_note_loss_decision d where d.loss_id = l.id)) as found`;
  return row!.found;
}

export type NewLoss = Readonly<{ lossId: DebitNoteLossId; debitNoteId: DebitNoteId; amount: Cents; note: string }>;

export async function insertLoss(tx: Tx, { lossId, debitNoteId, amount, note }: NewLoss): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.debit_note_loss (id, debit_note_id, amount, currency, note, proposed_by, proposed_at)
    values (${lossId}::uuid, ${debitNoteId}::uuid, ${amount}::bigint, 'EUR', ${note}, ${personOf(tx)}, ${tx.now})`;
}

export type StoredLoss = Omit<ProposedState, 'left'> & Readonly<{ debitNoteId: DebitNoteId }>;

export async function readLoss(tx: Tx, lossId: DebitNoteLossId): Promise<StoredLoss | undefined> {
  const [row] = await tx.sql.$queryRaw<(Omit<StoredLoss, 'amount'> & { amount: bigint })[]>`
    select l.debit_note_id as "debitNoteId", l.amount, l.proposed_by as "proposedBy", d.outcome
    from settlement.debit_note_loss l left join settlement.debit_note_loss_decision d on d.loss_id = l.id where l.id = ${lossId}::uuid`;
  return row && { ...row, amount: cents(row.amount) };
}

export type NewLossDecision = Readonly<{ lossId: DebitNoteLossId; outcome: LossOutcome; note: string }>;

export async function insertLossDecision(tx: Tx, { lossId, outcome, note }: NewLossDecision): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.debit_note_loss_decision (loss_id, outcome, note, decided_by, decided_at)
    values (${lossId}::uuid, ${outcome}, ${note}, ${personOf(tx)}, ${tx.now})`;
}
