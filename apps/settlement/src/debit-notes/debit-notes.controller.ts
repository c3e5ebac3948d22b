import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { cents, idOf, isRejected, reject, toWire, type BankAccountId } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { readerOf, type Reader } from '../reader.js';
import { LANGUAGES } from '../statements/statement-words.js';
import { displayNumber } from './debit-note-number.decision.js';
import { debitNotePdf } from './debit-note-pdf.js';
import { debitNotes } from './debit-notes.listing.js';
import { ListDebitNotes, NOTE_STATES, ShowDebitNote, type ListedNote, type NoteHead, type ShownLoss, type ShownNote } from './debit-notes.queries.js';
import { IssueDebitNotes } from './issue-debit-notes.command.js';

const param = z.strictObject({ debitNoteId: idIn('debitNote') });
const query = listingQuery(debitNotes);
const fileQuery = z.strictObject({ language: z.enum(LANGUAGES).default('fr') });

const issuedNotes = z.strictObject({
  issued: z.int(), amountCents: z.int(), waiting: z.int().describe('payees that owe, and not for long enough or not by lines of a closed number'),
  setOffCents: z.int().describe('what open notes took of statements that nobody had paid'), isMore: z.boolean(), currency: z.literal('EUR'),
});
const head = z.strictObject({
  debitNoteId: idText('debitNote'), number: z.string(), payeeId: idText('payee'), legalName: z.string().nullable(), bankAccountId: idText('bankAccount'),
  reference: z.string().describe('to be written on the transfer'), amountCents: z.int(), paidCents: z.int(), setOffCents: z.int(), lostCents: z.int(),
  leftCents: z.int(), currency: z.literal('EUR'), state: z.enum(NOTE_STATES), negativeSince: z.string(), issuedOn: z.string(), dueOn: z.string(),
  upToSeq: z.int(), lines: z.int(), sha256: z.string(),
});
const money = { grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(), netCents: z.int() };
const listed = head.extend({ lossProposed: z.enum(['yes', 'no']).describe('somebody proposed to write it off, and nobody decided; not told to places') });
const list = listingAnswer(debitNotes, listed);
const shown = head.extend({
  content: z.string().describe('the text that sha256 is taken of'), ...money,
  claimLines: z.array(z.strictObject({
    redemptionId: idText('redemption'), placeId: idText('place'), programmeId: idText('programme'), serviceDate: z.string(), ...money,
    incidentId: idText('incident').nullable(),
  })),
  discharges: z.array(z.strictObject({
    kind: z.enum(['paid', 'set_off', 'lost']), amountCents: z.int(), at: z.string(), bankLineId: idText('bankLine').nullable(),
    statementId: idText('statement').nullable(),
  })),
  losses: z.array(z.strictObject({
    lossId: idText('debitNoteLoss'), amountCents: z.int(), note: z.string(), proposedBy: z.string(), proposedAt: z.string(),
    state: z.enum(['proposed', 'confirmed', 'cancelled']), decisionNote: z.string().nullable(), decidedBy: z.string().nullable(), decidedAt: z.string().nullable(),
  })).describe('proposals to write it off; not told to places'),
});

@Controller('settlement/debit-notes')
export class DebitNotesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Issue the debit notes that are due: of payees that have owed for ninety days; open ones are set off against statements that nobody has paid',
    who: ['operator'], answer: issuedNotes, status: 201,
  })
  async issue(@Meta() meta: HttpMeta): Promise<z.output<typeof issuedNotes>> {
    const outcome = await this.commands.execute(new IssueDebitNotes(meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, currency: 'EUR' };
  }

  @Get()
  @Api({
    summary: 'Debit notes, newest first unless told otherwise; a place sees those of its own payee', who: ['operator', 'approver', 'auditor', 'manager', 'till'],
    query, answer: list,
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof list>> {
    const { rows, nextCursor, totals } = await this.queries.execute(new ListDebitNotes(readerOf(caller), parse(query, asked)));
    return { items: rows.map(showListed), nextCursor, totals: showTotals(totals) };
  }

  @Get(':debitNoteId')
  @Api({
    summary: 'One debit note with its lines, and what was paid, set off or lost of it', who: ['operator', 'approver', 'auditor', 'manager', 'till'], answer: shown,
    refusals: ['debit_note_unknown'],
  })
  async one(@Param() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    return showAll(await this.read(asked, readerOf(caller)));
  }

  @Get(':debitNoteId/file')
  @Api({
    summary: 'One debit note on paper (PDF): what is owed and why, how to pay it, by when, and how to disagree', who: ['operator', 'approver', 'auditor', 'manager', 'till'],
    query: fileQuery, refusals: ['debit_note_unknown'],
  })
  async file(@Param() asked: unknown, @Query() as: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const { language } = parse(fileQuery, as);
    const note = await this.read(asked, readerOf(caller));
    const bytes = await debitNotePdf(note, language);
    const disposition = `attachment; filename="${displayNumber(note.year, note.number)}.pdf"`;
    return new StreamableFile(bytes, { type: 'application/pdf', disposition, length: bytes.length });
  }

  private async read(asked: unknown, reader: Reader): Promise<ShownNote> {
    const note = await this.queries.execute(new ShowDebitNote(reader, parse(param, asked).debitNoteId));
    if (!note) throw new Problem(reject('debit_note_unknown'));
    return note;
  }
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function showListed(note: ListedNote): z.output<typeof listed> {
  const { number, legalName, reference, state, lossProposed, lineCount, sha256 } = note;
  const amount = (held: bigint) => toWire(cents(held));
  return {
    number, reference, state, lossProposed, sha256, lines: lineCount, legalName: legalName || null, upToSeq: Number(note.upToSeq),
    debitNoteId: idOut('debitNote', note.id), payeeId: idOut('payee', note.payeeId), bankAccountId: idOut('bankAccount', note.custodyAccountId as BankAccountId),
    amountCents: amount(note.amountCents), paidCents: amount(note.paidCents), setOffCents: amount(note.setOffCents),
    lostCents: amount(note.lostCents),
    leftCents: amount(note.leftCents), currency: 'EUR', negativeSince: dayOf(note.negativeSince), issuedOn: dayOf(note.issuedOn), dueOn: dayOf(note.dueOn),
  };
}

function show({ id, payeeId, custodyAccountId, amount, paid, setOff, lost, left, ...note }: NoteHead): z.output<typeof head> {
  const { year, number, lineCount, legalName, reference, negativeSince, issuedOn, dueOn, upToSeq, sha256 } = note;
  return {
    legalName, reference, negativeSince, issuedOn, dueOn, upToSeq, sha256, lines: lineCount,
    debitNoteId: idOut('debitNote', id), number: displayNumber(year, number), payeeId: idOut('payee', payeeId),
    bankAccountId: idOut('bankAccount', custodyAccountId as BankAccountId), amountCents: toWire(amount), paidCents: toWire(paid),
    setOffCents: toWire(setOff), lostCents: toWire(lost), leftCents: toWire(left), currency: 'EUR', state: left > 0n ? 'open' : 'settled',
  };
}

const moneyOut = ({ gross, fee, vat, commons, net }: ShownNote['total']) =>
  ({ grossCents: toWire(gross), feeCents: toWire(fee), vatCents: toWire(vat), commonsCents: toWire(commons), netCents: toWire(net) });

function showAll({ total, lines, discharges, losses, ...note }: ShownNote): z.output<typeof shown> {
  return {
    ...show(note), content: note.content, ...moneyOut(total),
    claimLines: lines.map(({ redemptionId, placeId, programmeId, serviceDate, incidentId, ...line }) => ({
      redemptionId: idOut('redemption', redemptionId), placeId: idOut('place', placeId), programmeId: idOut('programme', programmeId), serviceDate,
      ...moneyOut(line), incidentId: incidentId && idOut('incident', incidentId),
    })),
    discharges: discharges.map(({ kind, amount, at, bankLineId, statementId }) => ({
      kind, amountCents: toWire(amount), at: at.toISOString(), bankLineId: bankLineId && idOut('bankLine', idOf('bankLine', bankLineId)),
      statementId: statementId && idOut('statement', idOf('statement', statementId)),
    })),
    losses: losses.map(lossOut),
  };
}

function lossOut({ id, amount, proposedAt, decidedAt, ...loss }: ShownLoss) {
  return { ...loss, lossId: idOut('debitNoteLoss', id), amountCents: toWire(amount), proposedAt: proposedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}
