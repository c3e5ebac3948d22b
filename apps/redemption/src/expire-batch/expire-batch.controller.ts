import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta, type Page } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { ExpireBatches, ListExpiryRuns, type ExpiryRunView } from './expire-batch.command.js';

const body = z.strictObject({ programmeId: idIn('programme').optional(), batchId: idIn('batch').optional() });
const started = z.strictObject({
  runs: z.array(z.strictObject({ runId: idText('expiryRun'), batchId: idText('batch') })),
  leftOut: z.array(z.strictObject({ batchId: idText('batch'), code: z.string().describe('the refusal that this batch alone would get') })),
});
const query = pageQuery.extend({ programmeId: idIn('programme').optional(), batchId: idIn('batch').optional() });
const shown = z.strictObject({
  runId: idText('expiryRun'), batchId: idText('batch'), programmeId: idText('programme'), state: z.enum(['running', 'finished']),
  count: z.int().describe('vouchers of the batch'), doneCount: z.int(), chunkCount: z.int(),
  expiredCount: z.int().describe('vouchers that had something left'), expiredCents: z.int(), currency: z.literal('EUR'),
  startedAt: z.iso.datetime(), finishedAt: z.iso.datetime().nullable(),
  outcome: z.string().nullable().describe('what both sides signed for the order, once they have'),
});

@Controller('redemption/expiry-runs')
export class ExpireBatchController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Expire what is left on the vouchers of a batch, or of all batches of a programme, once nobody can claim any more; works in the background',
    who: ['operator'], body, answer: started, status: 201,
    refusals: ['batch_not_found', 'nothing_to_expire', 'claims_open', 'batch_loading'],
  })
  async expire(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof started>> {
    const outcome = await this.commands.execute(new ExpireBatches(scopeOf(parse(body, asked)), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      runs: outcome.runs.map(({ runId, batchId }) => ({ runId: idOut('expiryRun', runId), batchId: idOut('batch', batchId) })),
      leftOut: outcome.leftOut.map(({ batchId, code }) => ({ batchId: idOut('batch', batchId), code })),
    };
  }

  @Get()
  @Api({ summary: 'Expiry runs and how far they are, newest first', who: ['operator', 'auditor'], query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, programmeId = null, batchId = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListExpiryRuns({ before: placeOf('expiryRun', cursor), rowsMax: limit + 1, programmeId, batchId }));
    return pageOf(rows, limit, ({ runId }) => [runId], show);
  }
}

function scopeOf({ programmeId, batchId }: z.output<typeof body>): ExpireBatches['scope'] {
  if (programmeId && !batchId) return { programmeId };
  if (batchId && !programmeId) return { batchId };
  throw new Problem('request_malformed', [{ path: '', message: 'expected programmeId or batchId, and not both' }]);
}

function show(view: ExpiryRunView): z.output<typeof shown> {
  const { runId, batchId, programmeId, nextIndex, voucherCount, amount, startedAt, finishedAt, ...run } = view;
  return {
    ...run, runId: idOut('expiryRun', runId), batchId: idOut('batch', batchId), programmeId: idOut('programme', programmeId),
    state: finishedAt ? 'finished' : 'running', doneCount: nextIndex, expiredCount: voucherCount, expiredCents: toWire(amount),
    currency: 'EUR', startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null,
  };
}
