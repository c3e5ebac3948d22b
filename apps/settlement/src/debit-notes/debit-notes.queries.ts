import { Query } from '@nestjs/cqrs';
import type { Cents, DebitNoteId, DebitNoteLossId, PayeeId } from '#libs/kernel';
import type { Reader } from '../reader.js';
import type { CountedGroups } from '../statement-closings/statement.decision.js';
import type { ShownLine } from '../statements/statements.queries.js';
import type { LossOutcome } from './debit-note-loss.decision.js';

/** `open` while something is left. */
export const NOTE_STATES = ['open', 'settled'] as const;
export type NoteState = (typeof NOTE_STATES)[number];

export type ListedNote = Readonly<{
  id: DebitNoteId; payeeId: PayeeId; legalName: string | null; custodyAccountId: string; year: number; number: number; reference: string;
  amount: Cents; paid: Cents; setOff: Cents; lost: Cents; left: Cents;
  negativeSince: string; issuedOn: string; dueOn: string; upToSeq: number;
  lineCount: number; sha256: string; content: string;
}>;
/** What it was owed less by. */
export type ShownDischarge = Readonly<{
  kind: 'paid' | 'set_off' | 'lost'; amount: Cents; at: Date; bankLineId: string | null; statementId: string | null;
}>;
export type ShownLoss = Readonly<{
  id: DebitNoteLossId; amount: Cents; note: string; proposedBy: string; proposedAt: Date; state: 'proposed' | LossOutcome;
  decisionNote: string | null; decidedBy: string | null; decidedAt: Date | null;
}>;
export type ShownNote = ListedNote & Readonly<{
  total: CountedGroups['total']; lines: readonly ShownLine[]; discharges: readonly ShownDischarge[]; losses: readonly ShownLoss[];
}>;

export type NoteFilter = Readonly<{
  before: DebitNoteId | null; rowsMax: number; state: NoteState | null; payeeId: PayeeId | null; debitNoteId: DebitNoteId | null;
}>;

export class ListDebitNotes extends Query<readonly ListedNote[]> {
  constructor(readonly reader: Reader, readonly filter: Omit<NoteFilter, 'debitNoteId'>) { super(); }
}

export class ShowDebitNote extends Query<ShownNote | undefined> {
  constructor(readonly reader: Reader, readonly debitNoteId: DebitNoteId) { super(); }
}
