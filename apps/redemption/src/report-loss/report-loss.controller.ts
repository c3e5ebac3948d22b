import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta, type Page } from '#libs/http';
import { assert, idOf, isRejected, type DistributorId } from '#libs/kernel';
import { parseBookletNumber, parseSerial } from '#libs/keys';
import { CitizenGuard } from '../citizen-guard/citizen-guard.js';
import { placeOf } from '../id-cursor.js';
import { LOSS_REPORT_COST } from '../limits.js';
import { CodeHasher } from '../redeem-voucher/code-hasher.js';
import { codeOf, voucherFields } from '../redeem-voucher/redeem-voucher.request.js';
import {
  AnswerLoss, HOLDER_REASONS, ListLosses, LOSS_OUTCOMES, ReportLoss, StopByCode, type LossReportView, type PaperNumber,
} from './report-loss.command.js';

const codeBody = z.strictObject({ code: voucherFields.code, reason: z.enum(HOLDER_REASONS) });
const stoppedAnswer = z.strictObject({
  serial: z.string().describe('as printed; to be quoted where the voucher is replaced'), stoppedOn: z.string(),
  stoppedBefore: z.boolean().describe('somebody stopped it already'),
});
const numberBody = z.strictObject({ number: z.string().max(80).describe('the serial on a voucher, or the number of a booklet') });
const reportedAnswer = z.strictObject({
  reference: z.string().describe('to be quoted; the same for whoever reports the same again'), reportedAt: z.string().describe('instant, UTC'),
});
const query = pageQuery.extend({ open: z.enum(['true', 'false']).transform((text) => text === 'true').optional().describe('not answered yet') });
const shown = z.strictObject({
  reportId: idText('lossReport'), reference: z.string(), number: z.string(), batchId: idText('batch'), first: z.int(), last: z.int(),
  distributorId: idText('distributor').nullable().describe('who had it last; null: the operator answers'), reportedAt: z.string(),
  stopped: z.boolean().describe('all of it, by whomever'), outcome: z.enum(LOSS_OUTCOMES).nullable(), answeredAt: z.string().nullable(),
});
const answerBody = z.strictObject({ outcome: z.enum(LOSS_OUTCOMES).describe('stopped: from now on no till takes it; left: as it is') });
const answered = z.strictObject({ reportId: idText('lossReport'), outcome: z.enum(LOSS_OUTCOMES), answeredAt: z.string() });

@Controller('redemption')
export class ReportLossController {
  constructor(
    private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly hasher: CodeHasher,
    private readonly guard: CitizenGuard,
  ) {}

  @Post('lost-vouchers')
  @HttpCode(200)
  @Api({
    summary: 'Whoever has the code stops the voucher at once, for good; what was left on it is replaced by whoever handed it over',
    who: 'anyone', body: codeBody, answer: stoppedAnswer, refusals: ['too_many_questions', 'voucher_not_found', 'voucher_used'],
  })
  async stopByCode(@Body() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof stoppedAnswer>> {
    const { code, reason } = parse(codeBody, asked);
    const codeMacs = this.hasher.macsOf(codeOf(code, 'code'));
    const command = new StopByCode(codeMacs, reason, request.id);
    const outcome = await this.guard.around(request, LOSS_REPORT_COST, () => this.commands.execute(command));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Post('loss-reports')
  @HttpCode(200)
  @Api({
    summary: 'Report a loss by the number on paper: nothing is stopped yet, whoever handed it over looks and answers', who: 'anyone',
    body: numberBody, answer: reportedAnswer, refusals: ['too_many_questions', 'number_not_found'],
  })
  async report(@Body() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof reportedAnswer>> {
    const command = new ReportLoss(numberIn(parse(numberBody, asked).number), request.id);
    const outcome = await this.guard.around(request, LOSS_REPORT_COST, () => this.commands.execute(command));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get('loss-reports')
  @Api({
    summary: 'Losses that people reported, newest first: a distributor those of what it had last', who: ['operator', 'distributor', 'auditor'],
    query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, open = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListLosses({
      before: placeOf('lossReport', cursor), rowsMax: limit + 1, open, distributorId: distributorOf(caller),
    }));
    return pageOf(rows, limit, ({ reportId }) => [reportId], show);
  }

  @Post('loss-reports/:id/answers')
  @HttpCode(201)
  @Api({
    summary: 'Answer a report: stop what was lost, or leave it', who: ['operator', 'distributor'], body: answerBody, answer: answered, status: 201,
    refusals: ['loss_report_not_found', 'loss_report_answered', 'range_not_held'],
  })
  async answer(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answered>> {
    const { outcome } = parse(answerBody, asked);
    const done = await this.commands.execute(new AnswerLoss(parse(idIn('lossReport'), id), outcome, distributorOf(meta.caller), meta));
    if (isRejected(done)) throw new Problem(done);
    return { ...done, reportId: idOut('lossReport', done.reportId) };
  }
}

function distributorOf({ organisationKind, partyId }: Principal): DistributorId | null {
  if (organisationKind !== 'distributor') return null;
  assert(partyId, 'a member of a distributor without a distributor');
  return idOf('distributor', partyId);
}

/** A booklet first: its number differs from a serial by the letter B. */
function numberIn(text: string): PaperNumber {
  const booklet = parseBookletNumber(text);
  if (booklet) return { booklet, number: text.trim().toUpperCase().slice(0, 20) };
  const serial = parseSerial(text);
  if (!isRejected(serial)) return { serial };
  throw new Problem('request_malformed', [{ path: 'number', message: 'this is no number of a voucher or a booklet: a character is missing or wrong' }]);
}

const show = ({ reportId, batchId, distributorId, reportedAt, answeredAt, ...report }: LossReportView): z.output<typeof shown> => ({
  ...report, reportId: idOut('lossReport', reportId), batchId: idOut('batch', batchId),
  distributorId: distributorId && idOut('distributor', distributorId), reportedAt: reportedAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null,
});
