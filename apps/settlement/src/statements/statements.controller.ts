import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, monthIn, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor } from '#libs/http';
import { idOf, reject, toWire, type BankAccountId, type Id } from '#libs/kernel';
import { readerOf } from '../reader.js';
import type { Shares } from '../statement-closings/statement.decision.js';
import { statementPdf } from './statement-pdf.js';
import { LANGUAGES } from './statement-words.js';
import { statementCsv } from './statement-csv.js';
import { statementXlsx } from './statement-xlsx.js';
import { ListStatements, ShowStatement, type ListedStatement, type ShownLine, type ShownStatement } from './statements.queries.js';

const query = pageQuery.extend({
  payeeId: idIn('payee').optional(), period: monthIn.optional(),
  upToSeq: z.string().regex(/^[1-9]\d{0,14}$/, 'expected the number of a closing').transform(Number).optional(),
});
const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8', pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
const fileQuery = z.strictObject({
  format: z.enum(['csv', 'pdf', 'xlsx']).default('csv'), language: z.enum(LANGUAGES).default('fr').describe('of the PDF, and of the heads of the XLSX'),
});
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('statement', uuid))]);
const param = z.strictObject({ statementId: idIn('statement') });

const money = { grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(), netCents: z.int() };
const listed = z.strictObject({
  statementId: idText('statement'), payeeId: idText('payee'), legalName: z.string().nullable(), bankAccountId: idText('bankAccount'),
  afterSeq: z.int().nullable(), upToSeq: z.int(), period: z.string().describe('the month, YYYY-MM'), lines: z.int(), ...money, currency: z.literal('EUR'),
  sha256: z.string(), closedAt: z.iso.datetime(),
  nettingVersion: z.int().nullable().describe('the terms by which the fee was kept; null where none were in force, or accepted'),
  billedFeeCents: z.int().describe('fee that was not kept, but is owed beside the statement, without VAT'), billedVatCents: z.int(),
  toPayCents: z.int().describe('the net, less what debit notes of the payee took of it'),
  state: z.enum(['not_ordered', 'set_off', 'instructed', 'released', 'booked', 'returned', 'rejected', 'cancelled']),
});
const ruled = { programmeId: idText('programme'), feeRuleVersion: z.int(), ...money };
const shown = listed.extend({
  content: z.string().describe('the text that sha256 is taken of'),
  proof: z.strictObject({
    eventId: idText('event'), size: z.int().describe('of the first checkpoint that has it'), root: z.string(), index: z.int(),
    leaf: z.string().describe('what was sealed when it closed, with its sha256'), path: z.array(z.string()),
  }).nullable().describe('that its closing is in the signed audit log; null until the next checkpoint'),
  setOffs: z.array(z.strictObject({ debitNoteId: idText('debitNote').nullable(), placeInvoiceId: idText('placeInvoice').nullable(),
    earlyPaymentId: idText('earlyPayment').nullable(), number: z.string().describe('of an early payment: the day on which it was asked for'), amountCents: z.int() }))
    .describe('early payments, debit notes and invoices of the payee that the closing took of the net'),
  fees: z.array(z.strictObject({ ...ruled, lines: z.int() })),
  claimLines: z.array(z.strictObject({
    claimLineId: idText('claimLine'), redemptionId: idText('redemption'), placeId: idText('place'), serviceDate: z.string(), ...ruled,
    incidentId: idText('incident').nullable().describe('the line takes back what an earlier statement paid too much for the redemption'),
  })),
});

@Controller('settlement/statements')
export class StatementsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Statements, newest first; a place sees those of its own payee', who: ['operator', 'approver', 'auditor', 'manager', 'till'],
    keyScope: 'statements.read', query, answer: pageAnswer(listed),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal) {
    const { limit, cursor, payeeId = null, period = null, upToSeq = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListStatements(readerOf(caller), { before, rowsMax: limit + 1, payeeId, period, upToSeq }));
    return pageOf(rows, limit, ({ id }) => [id], show);
  }

  @Get(':statementId')
  @Api({
    summary: 'One statement with its fees and its claim lines', who: ['operator', 'approver', 'auditor', 'manager', 'till'], answer: shown,
    keyScope: 'statements.read', refusals: ['statement_unknown'],
  })
  async one(@Param() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    const statement = await this.read(asked, caller);
    return {
      ...show(statement), content: statement.content,
      proof: statement.proof && { ...statement.proof, eventId: idOut('event', statement.proof.eventId as Id<'event'>), path: [...statement.proof.path] },
      setOffs: statement.setOffs.map(({ debitNoteId, placeInvoiceId, earlyPaymentId, number, amount }) => ({
        debitNoteId: debitNoteId && idOut('debitNote', debitNoteId), placeInvoiceId: placeInvoiceId && idOut('placeInvoice', placeInvoiceId),
        earlyPaymentId: earlyPaymentId && idOut('earlyPayment', earlyPaymentId), number, amountCents: toWire(amount),
      })),
      fees: statement.fees.map(({ programmeId, feeRuleVersion, lineCount, ...fee }) =>
        ({ programmeId: idOut('programme', programmeId), feeRuleVersion, lines: lineCount, ...moneyOut(fee) })),
      claimLines: statement.lines.map(lineOut),
    };
  }

  @Get(':statementId/file')
  @Api({
    summary: 'One statement as a file (text/csv, XLSX or PDF): a line per claim with its redemption, then the total; the PDF has the rates and what was held, too', who: ['operator', 'approver', 'auditor', 'manager', 'till'],
    keyScope: 'statements.read', query: fileQuery, refusals: ['statement_unknown'],
  })
  async file(@Param() asked: unknown, @Query() as: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const { format, language } = parse(fileQuery, as);
    const statement = await this.read(asked, caller);
    const bytes = format === 'csv' ? Buffer.from(statementCsv(statement)) : await (format === 'pdf' ? statementPdf : statementXlsx)(statement, language);
    const name = `${statement.period}-${idOut('statement', statement.id)}.${format}`;
    return new StreamableFile(bytes, { type: FILE_TYPES[format], disposition: `attachment; filename="${name}"`, length: bytes.length });
  }

  private async read(asked: unknown, caller: Principal): Promise<ShownStatement> {
    const statement = await this.queries.execute(new ShowStatement(readerOf(caller), parse(param, asked).statementId));
    if (!statement) throw new Problem(reject('statement_unknown'));
    return statement;
  }
}

function show(statement: ListedStatement): z.output<typeof listed> {
  const { id, payeeId, legalName, custodyAccountId, fromSeq, upToSeq, period, lineCount, sha256, closedAt, state, toPay } = statement;
  const { nettingVersion, billedFee, billedVat } = statement;
  return {
    statementId: idOut('statement', id), payeeId: idOut('payee', payeeId), legalName,
    bankAccountId: idOut('bankAccount', custodyAccountId as BankAccountId), afterSeq: fromSeq, upToSeq, period, lines: lineCount,
    ...moneyOut(statement), currency: 'EUR', sha256, closedAt: closedAt.toISOString(), toPayCents: toWire(toPay), state, nettingVersion,
    billedFeeCents: toWire(billedFee), billedVatCents: toWire(billedVat),
  };
}

const moneyOut = ({ gross, fee, vat, commons, net }: Shares) => ({
  grossCents: toWire(gross), feeCents: toWire(fee), vatCents: toWire(vat), commonsCents: toWire(commons), netCents: toWire(net),
});

function lineOut({ claimLineId, redemptionId, placeId, programmeId, feeRuleVersion, serviceDate, incidentId, ...line }: ShownLine) {
  return {
    claimLineId: idOut('claimLine', claimLineId), redemptionId: idOut('redemption', redemptionId), placeId: idOut('place', placeId),
    programmeId: idOut('programme', programmeId), feeRuleVersion, serviceDate, ...moneyOut(line),
    incidentId: incidentId && idOut('incident', incidentId),
  };
}
