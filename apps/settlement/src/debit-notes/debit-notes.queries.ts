import { Query } from '@nestjs/cqrs';
import type { Cents, DebitNoteId, DebitNoteLossId, PayeeId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Reader } from '../reader.js';
import type { CountedGroups } from '../statement-closings/statement.decision.js';
import type { ShownLine } from '../statements/statements.queries.js';
import type { LossOutcome } from './debit-note-loss.decision.js';

/** `open` while something is left. */
export const NOTE_STATES = ['open', 'settled'] as const;
export type NoteState = (typeof NOTE_STATES)[number];

/** As the list has it; amounts are those of the columns. */
export type ListedNote = Readonly<{
  id: DebitNoteId; payeeId: PayeeId; /** Empty where it is not known. */ legalName: string; custodyAccountId: string; number: string;
  reference: string;
  amountCents: bigint; paidCents: bigint; setOffCents: bigint; lostCents: bigint; leftCents: bigint; state: NoteState; lossProposed: 'yes' | 'no';
  negativeSince: Date; issuedOn: Date; dueOn: Date; upToSeq: bigint; lineCount: number; sha256: string;
}>;
export type NoteHead = Readonly<{
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
export type ShownNote = NoteHead & Readonly<{
  total: CountedGroups['total']; lines: readonly ShownLine[]; discharges: readonly ShownDischarge[]; losses: readonly ShownLoss[];
}>;

export class ListDebitNotes extends Query<ListingPage<ListedNote>> {
  constructor(readonly reader: Reader, readonly asked: ListingQuery) { super(); }
}

export class ShowDebitNote extends Query<ShownNote | undefined> {
  constructor(readonly reader: Reader, readonly debitNoteId: DebitNoteId) { super(); }
}
