// What is left of a debit note is given up: proposed by one person, confirmed by another, and by nobody who stands behind the bank
// account of the payee. Only here does the operator bear it; until then it is a claim.
import { reject, toWire, type Cents, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type LossOutcome = 'confirmed' | 'cancelled';
/** `hasProposal`: one that nobody has decided. */
export type LosableNote = Readonly<{ left: Cents; hasProposal: boolean }>;

export function decideProposal(note: LosableNote | undefined): Readonly<{ kind: 'proposed'; amount: Cents }> | Rejected<RefusalCode> {
  if (!note) return reject('debit_note_unknown');
  if (note.left === 0n) return reject('debit_note_settled');
  if (note.hasProposal) return reject('debit_note_loss_open');
  return { kind: 'proposed', amount: note.left };
}

/** `isBehindAccount`: the person who decides entered or approved a bank account of the payee. */
export type ProposedState = Readonly<{ proposedBy: string; amount: Cents; outcome: LossOutcome | null; left: Cents }>;
export type Deciding = Readonly<{ outcome: LossOutcome; decidedBy: string; isBehindAccount: boolean }>;

export function decideLoss(
  loss: ProposedState | undefined, { outcome, decidedBy, isBehindAccount }: Deciding,
): Readonly<{ kind: 'decided' }> | Rejected<RefusalCode> {
  if (!loss) return reject('debit_note_loss_unknown');
  if (loss.outcome) return reject('debit_note_loss_decided', { outcome: loss.outcome });
  if (outcome === 'cancelled') return { kind: 'decided' };
  if (loss.proposedBy === decidedBy) return reject('checker_is_maker');
  if (isBehindAccount) return reject('gives_to_own_account');
  if (loss.left !== loss.amount) return reject('debit_note_left_changed', { leftCents: toWire(loss.left), proposedCents: toWire(loss.amount) });
  return { kind: 'decided' };
}
