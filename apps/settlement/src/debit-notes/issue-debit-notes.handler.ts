// All that is due, in one transaction. It stands in the way of closings and of incidents, which decide what is open, and of runs, which
// decide what is about to be paid; repeated, or beside another one, it finds nothing more to do.
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DebitNoteIssuedV1, debitNoteReference } from '#libs/contracts';
import { dayIn, idOf, sum, toWire, type LocalDate, type Rejected } from '#libs/kernel';
import type { Fact, Tx } from '#libs/persistence';
import { lockPools, poolOn } from '../allocations/allocation.store.js';
import { lockByName } from '../database.store.js';
import { holdAlerted, holdMeasured } from '../holds/hold-lines.js';
import { BANK_TIME_ZONE, COMMONS_POOL, DEBIT_NOTES_PER_REQUEST_MAX, DEBIT_NOTE_DUE_DAYS, NEGATIVE_DAYS } from '../limits.js';
import { tellDocuments } from '../payee-documents/tell-documents.js';
import { SettlementWork } from '../settlement.work.js';
import { CLOSING_LOCK, closingStanding } from '../statement-closings/closing.store.js';
import { insertStatements } from '../statement-closings/new-statement.store.js';
import { lockPayees, readClosable, type ClosableRow } from '../statement-closings/open-claims.store.js';
import { noteContent, type NoteHead } from './debit-note-content.js';
import { drawNumber, issueDay, type LastNumber } from './debit-note-number.decision.js';
import { decideDebitNote, withinPool, type DecidedNote } from './debit-note.decision.js';
import { insertNotes, lastNumber } from './debit-note.store.js';
import { IssueDebitNotes, type IssuedNotes } from './issue-debit-notes.command.js';
import { NoteParties } from './note-parties.js';
import { negativePayees, type NegativePayee } from './open-standing.store.js';
import { setOffUnpaid } from './set-off.js';

type Due = Readonly<{ row: ClosableRow; decided: DecidedNote }>;
type At = Readonly<{ upToSeq: number; today: LocalDate; last: LastNumber | undefined }>;

@CommandHandler(IssueDebitNotes)
export class IssueDebitNotesHandler implements ICommandHandler<IssueDebitNotes> {
  constructor(private readonly work: SettlementWork, private readonly parties: NoteParties) {}

  execute({ meta }: IssueDebitNotes): Promise<IssuedNotes | Rejected> {
    return this.work.once<IssuedNotes>(meta, async (tx) => {
      await lockByName(tx, CLOSING_LOCK);
      await lockByName(tx, 'settlement runs');
      const { closedUpTo: upToSeq } = await closingStanding(tx);
      const last = await lastNumber(tx);
      const at: At = { upToSeq, last, today: issueDay(dayIn(BANK_TIME_ZONE, tx.now), last) };
      const negative = await negativePayees(tx);
      await lockPayees(tx, negative);
      // As a closing does: what waits for a measure or an alert is in no note.
      await holdMeasured(tx, upToSeq, negative);
      await holdAlerted(tx, upToSeq, negative);
      const due = dueOf(at, negative, await readClosable(tx, upToSeq, negative));
      await lockPools(tx);
      const payable = await payableOf(tx, due);
      const taken = payable.slice(0, DEBIT_NOTES_PER_REQUEST_MAX);
      await this.issue(tx, at, taken);
      return {
        issued: taken.length, amountCents: toWire(sum(taken.map(({ decided }) => decided.amount))),
        waiting: negative.length - payable.length, setOffCents: await setOffUnpaid(tx), isMore: payable.length > taken.length,
      };
    });
  }

  private async issue(tx: Tx, at: At, due: readonly Due[]): Promise<void> {
    if (due.length === 0) return;
    const parties = await this.parties.of(tx, due.map(({ row }) => row));
    const notes = due.map(({ row, decided }, index) => {
      const debitNoteId = idOf('debitNote', tx.newId());
      const head: NoteHead = {
        ...row, ...parties(row), debitNoteId, upToSeq: at.upToSeq, drawn: drawNumber(at.today, at.last, index + 1),
        reference: debitNoteReference(debitNoteId), issuedAt: tx.now,
      };
      return { head, decided, ...noteContent(head, decided) };
    });
    await insertStatements(tx, notes.map(({ head, ...note }) =>
      ({ ...note, head: { ...head, statementId: idOf('statement', head.debitNoteId) } })));
    const eventIds = await tx.emitAll(DebitNoteIssuedV1, notes.map(factOf));
    await insertNotes(tx, notes.map(({ head, decided }, index) => ({ ...head, ...decided, eventId: eventIds[index]! })));
    await tellDocuments(tx, notes.map(({ head: { debitNoteId, payeeId, drawn }, decided: { amount, dueOn } }) =>
      ({ kind: 'debit_note', documentId: debitNoteId, number: drawn.display, period: null, amountCents: toWire(amount), dueOn, payeeId })));
  }
}

type Issued = Readonly<{ head: NoteHead; decided: DecidedNote; sha256: string }>;

const factOf = ({ head, decided, sha256 }: Issued): Fact<typeof DebitNoteIssuedV1> => {
  const { debitNoteId, payeeId, custodyAccountId, drawn, upToSeq } = head;
  const { posting, lineCount, total, amount, negativeSince, dueOn } = decided;
  return {
    subject: `debitNote:${debitNoteId}`, posting,
    body: {
      debitNoteId, payeeId, custodyAccountId, number: drawn.display, upToSeq, lines: lineCount, grossCents: toWire(total.gross),
      feeCents: toWire(total.fee), vatCents: toWire(total.vat), commonsCents: toWire(total.commons), amountCents: toWire(amount),
      currency: 'EUR', negativeSince, dueOn, sha256,
    },
  };
};

function dueOf({ today }: At, negative: readonly NegativePayee[], closable: readonly ClosableRow[]): Due[] {
  const conditions = { today, timeZone: BANK_TIME_ZONE, negativeDays: NEGATIVE_DAYS, dueDays: DEBIT_NOTE_DUE_DAYS, pool: COMMONS_POOL };
  return negative.flatMap((payee) => {
    const row = closable.find(({ payeeId, custodyAccountId }) => payeeId === payee.payeeId && custodyAccountId === payee.custodyAccountId);
    if (!row) return [];
    const decided = decideDebitNote({ ...row, open: payee.open }, conditions);
    return decided.kind === 'issued' ? [{ row, decided }] : [];
  });
}

/** What a note takes back of the commons the national pool has to have: an empty one must not stop the notes of the others. */
async function payableOf(tx: Tx, due: readonly Due[]): Promise<Due[]> {
  const accounts = [...new Set(due.map(({ row }) => row.custodyAccountId))];
  const pools = new Map<string, bigint>();
  for (const account of accounts) pools.set(account, await poolOn(tx, COMMONS_POOL, idOf('bankAccount', account)));
  const notes = due.map((one) => ({ ...one, custodyAccountId: one.row.custodyAccountId, commons: one.decided.total.commons }));
  return withinPool(notes, pools);
}
