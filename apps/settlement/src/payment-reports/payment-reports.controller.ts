import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, type HttpMeta } from '#libs/http';
import { cents, idOf, isRejected, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { BANK_FILE_BYTES_MAX } from '../limits.js';
import { ImportPaymentReport } from './import-payment-report.command.js';
import { ListPaymentReports, ListReportedStatuses, STATUS_OUTCOMES, type ListedReport, type ListedStatus } from './list-payment-reports.query.js';
import { paymentReports } from './payment-reports.listing.js';
import { REPORT_FINDINGS } from './payment-report.decision.js';

const FILE_REFUSALS = [
  'bank_file_too_large', 'bank_file_encoding_unknown', 'bank_file_encoding_wrong', 'bank_file_malformed', 'bank_file_has_dtd',
  'bank_file_too_complex', 'bank_file_not_report', 'bank_file_version_unknown', 'bank_file_field_missing', 'bank_file_field_wrong',
];

const imported = z.strictObject({
  reportId: idText('paymentReport'), runId: idText('settlementRun').nullable().describe('null: the file that it answers to is none of ours'),
  known: z.boolean().describe('true: it was imported before, and nothing was changed'),
  statuses: z.record(z.string(), z.int()).describe('statuses by what came of them'),
  rejectedCents: z.int(), currency: z.literal('EUR'),
  findings: z.array(z.strictObject({ finding: z.enum(REPORT_FINDINGS), endToEndId: z.string().nullable(), status: z.string().nullable() })),
});
const listed = z.strictObject({
  reportId: idText('paymentReport'), runId: idText('settlementRun').nullable(), messageId: z.string(), originalMessageId: z.string(),
  importedBy: z.string(), importedAt: z.iso.datetime(), statuses: z.int(), rejected: z.int(), findings: z.int(),
  rejectedCents: z.int().describe('what it made owed again'), currency: z.literal('EUR'),
});
const query = listingQuery(paymentReports);
const answer = listingAnswer(paymentReports, listed);
const statusQuery = pageQuery.extend({ outcome: z.enum(STATUS_OUTCOMES).optional() });
const status = z.strictObject({
  level: z.enum(['file', 'part', 'payment']), endToEndId: z.string().nullable(), paymentId: idText('payment').nullable(),
  status: z.string().nullable(), reasonCode: z.string().nullable(), outcome: z.enum(STATUS_OUTCOMES), finding: z.string().nullable(),
});
const param = z.strictObject({ reportId: idIn('paymentReport') });
const statusPosition = z.tuple([z.int().nonnegative()]);

@Controller('settlement/payment-reports')
export class PaymentReportsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'Import a pain.002 file as the bank made it (application/xml): what it rejected before debit is owed again', who: ['operator'],
    once: true, answer: imported, refusals: [...FILE_REFUSALS, 'payment_report_id_reused'],
  })
  async import(@Body() bytes: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof imported>> {
    if (!Buffer.isBuffer(bytes)) throw new Problem('media_type_unsupported');
    if (bytes.length > BANK_FILE_BYTES_MAX) throw new Problem('body_too_large');
    const outcome = await this.commands.execute(new ImportPaymentReport({ bytes }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { reportId, runId, statuses, findings, ...report } = outcome;
    return {
      reportId: idOut('paymentReport', reportId), runId: runId === null ? null : idOut('settlementRun', idOf('settlementRun', runId)),
      ...report, currency: 'EUR', statuses: { ...statuses }, findings: [...findings],
    };
  }

  @Get()
  @Api({ summary: 'Payment reports, newest first unless told otherwise', who: ['operator', 'approver', 'auditor'], query, answer })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { rows, nextCursor, totals } = await this.queries.execute(new ListPaymentReports(parse(query, asked)));
    return { items: rows.map(show), nextCursor, totals: showTotals(totals) };
  }

  @Get(':reportId/statuses')
  @Api({
    summary: 'What a report says, in its order, and what came of each status', who: ['operator', 'approver', 'auditor'],
    query: statusQuery, answer: pageAnswer(status),
  })
  async statuses(@Param() of: unknown, @Query() asked: unknown) {
    const [{ reportId }, { limit, cursor, outcome = null }] = [parse(param, of), parse(statusQuery, asked)];
    const [after] = cursor ? readCursor(statusPosition, cursor) : [-1];
    const rows = await this.queries.execute(new ListReportedStatuses({ reportId, after, rowsMax: limit + 1, outcome }));
    return pageOf(rows, limit, ({ ordinal }) => [ordinal], showStatus);
  }
}

function show({ id, runId, importedAt, statuses, rejected, findings, rejectedCents, ...report }: ListedReport): z.output<typeof listed> {
  const { messageId, originalMessageId, importedBy } = report;
  return {
    reportId: idOut('paymentReport', id), runId: runId && idOut('settlementRun', runId), messageId, originalMessageId, importedBy,
    importedAt: importedAt.toISOString(), statuses: Number(statuses), rejected: Number(rejected), findings: Number(findings),
    rejectedCents: toWire(cents(rejectedCents)), currency: 'EUR',
  };
}

function showStatus({ ordinal: _, paymentId, ...told }: ListedStatus): z.output<typeof status> {
  return { ...told, paymentId: paymentId === null ? null : idOut('payment', paymentId) };
}
