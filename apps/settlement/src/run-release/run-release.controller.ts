import { Body, Controller, Get, HttpCode, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { REASON_LENGTH_MAX } from '../limits.js';
import { BREAKERS } from '../settlement-runs/run-breakers.decision.js';
import { ApproveRun, CancelRun, ReleaseRun, type RunMoved } from '../settlement-runs/settlement-runs.commands.js';
import { TakePaymentFile } from './take-payment-file.command.js';

const param = z.strictObject({ runId: idIn('settlementRun') });
const body = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in 64 hexadecimal digits'),
  reasons: z.array(z.strictObject({ breaker: z.enum(BREAKERS), reason: textIn(REASON_LENGTH_MAX) })).max(BREAKERS.length).default([])
    .describe('why what is unusual about the run is right; the preview names it'),
});
const cancelBody = z.strictObject({ reason: textIn(REASON_LENGTH_MAX).describe('why it does not leave, for whoever looks at it later') });
const moved = z.strictObject({ runId: idText('settlementRun'), state: z.enum(['drafted', 'approved', 'released', 'cancelled']), approvals: z.int() });
const FORMATS = { sepa: { type: 'application/xml', ending: 'xml' }, stripe: { type: 'application/x-ndjson', ending: 'jsonl' } } as const;
const GONE = ['run_unknown', 'run_cancelled', 'run_released'];

@Controller('settlement/settlement-runs/:runId')
export class RunReleaseController {
  constructor(private readonly commands: CommandBus) {}

  @Post('approvals')
  @HttpCode(201)
  @Api({
    summary: 'Approve the exact bytes of a run that another person created', who: ['approver'], freshSecondFactor: true, body,
    answer: moved, status: 201,
    refusals: [...GONE, 'approver_is_creator', 'approver_changed_iban', 'approver_asked_for_it', 'run_approved_by_you', 'file_hash_differs', 'breaker_tripped'],
  })
  async approve(@Param() asked: unknown, @Body() seen: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof moved>> {
    const { runId } = parse(param, asked);
    return show(await this.commands.execute(new ApproveRun({ runId, ...parse(body, seen) }, meta)));
  }

  @Post('release')
  @HttpCode(200)
  @Api({
    summary: 'Release an approved run: its file may leave or its transfers are asked for, its payments are in transit',
    who: ['operator', 'approver'], freshSecondFactor: true, once: true, answer: moved,
    refusals: [
      ...GONE, 'run_not_approved', 'payee_bank_account_changed', 'payment_waits', 'early_payment_over', 'card_payments_off', 'stripe_balance_short', 'own_money_negative',
      'operator_unknown', 'own_money_untold', 'own_money_short', 'payouts_stopped',
    ],
  })
  async release(@Param() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof moved>> {
    return show(await this.commands.execute(new ReleaseRun(parse(param, asked), meta)));
  }

  @Post('cancellation')
  @HttpCode(200)
  @Api({
    summary: 'Cancel a run that was not released; its statements are free for another', who: ['operator', 'approver'], once: true,
    body: cancelBody, answer: moved, refusals: GONE,
  })
  async cancel(@Param() asked: unknown, @Body() why: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof moved>> {
    return show(await this.commands.execute(new CancelRun({ ...parse(param, asked), ...parse(cancelBody, why) }, meta)));
  }

  @Get('file')
  @Api({
    summary: 'What a released run lets go, a pain.001 file or a list of transfers: the same bytes for ever; each download is recorded', who: ['operator', 'approver'],
    refusals: ['run_unknown', 'run_not_released', 'payouts_stopped'],
  })
  async file(@Param() asked: unknown, @Caller() caller: Principal, @Req() request: { id: string }): Promise<StreamableFile> {
    const { runId } = parse(param, asked);
    const file = await this.commands.execute(new TakePaymentFile(runId, { userId: caller.userId, correlationId: request.id }));
    if (isRejected(file)) throw new Problem(file);
    const { type, ending } = FORMATS[file.rail];
    return new StreamableFile(file.bytes, { type, disposition: `attachment; filename="${file.messageId}.${ending}"`, length: file.bytes.length });
  }
}

function show(outcome: RunMoved | Rejected): z.output<typeof moved> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { ...outcome, runId: idOut('settlementRun', outcome.runId) };
}
