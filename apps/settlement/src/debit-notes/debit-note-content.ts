// The one text of a debit note, of which its digest is taken and from which it is drawn: who asks whom for what, why, and how to pay.
import { createHash } from 'node:crypto';
import { toWire, type DebitNoteId, type PayeeId } from '#libs/kernel';
import type { SellerSettings } from '#libs/service';
import { feesOf, wireOf } from '../statement-closings/statement-content.js';
import type { DrawnNumber } from './debit-note-number.decision.js';
import type { DecidedNote } from './debit-note.decision.js';

/** Who asks for the money: the operator, by the account that it is paid to. `identity`: null where the installation does not say. */
export type Creditor = Readonly<{ holder: string; iban: string; bic: string; identity: SellerSettings | null }>;
export type Debtor = Readonly<{ legalName: string | null; siren: string | null }>;

export type NoteHead = Readonly<{
  debitNoteId: DebitNoteId; payeeId: PayeeId; custodyAccountId: string; fromSeq: number | null; upToSeq: number; linesSha256: string;
  releasedHolds: readonly string[]; drawn: DrawnNumber; reference: string; creditor: Creditor; debtor: Debtor; issuedAt: Date;
}>;

/** The order of the fields is part of the format: never changed, only added to at the end under a new `format`. */
export function noteContent(head: NoteHead, decided: DecidedNote): { content: string; sha256: string } {
  const { lineCount, groups, total, amount, negativeSince, dueOn } = decided;
  const { drawn: { display, issuedOn }, reference, creditor, debtor } = head;
  const content = JSON.stringify({
    format: 1, debitNote: head.debitNoteId, number: display, issuedOn, issuedAt: head.issuedAt.toISOString(), creditor,
    payee: head.payeeId, debtor, custodyAccount: head.custodyAccountId, afterSeq: head.fromSeq, upToSeq: head.upToSeq, negativeSince,
    currency: 'EUR',
    lines: { count: lineCount, sha256: head.linesSha256 }, fees: feesOf(groups), ...wireOf(total), releasedHolds: head.releasedHolds,
    owedCents: toWire(amount), dueOn, reference,
  });
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}

/** What the paper says beside the lines. */
export type NoteText = Readonly<{
  number: string; issuedOn: string; issuedAt: string; creditor: Creditor; debtor: Debtor; negativeSince: string; dueOn: string;
  reference: string;
}>;
