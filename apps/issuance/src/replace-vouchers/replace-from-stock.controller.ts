import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, reject } from '#libs/kernel';
import { distributorOf, ownDistributorOf } from '../caller.js';
import { handOverIn, madeHandOver, showHandOver } from '../hand-over/hand-over.controller.js';
import { ORDER_COUNT_MAX, QUOTA_MAX } from '../limits.js';
import { ReplaceFromStock, SetQuota, ShowQuota } from './replace-vouchers.command.js';

const index = z.int().min(0).max(ORDER_COUNT_MAX);
const body = z.strictObject({ first: index, last: index, given: handOverIn.describe('what leaves your stock for them') });
const replaced = z.strictObject({
  batchId: idText('batch'), first: z.int(), last: z.int(), handOvers: z.array(madeHandOver), left: z.int().describe('of this month\'s quota'),
});
const quotaIn = z.strictObject({
  vouchersPerMonth: z.int().min(0).max(QUOTA_MAX),
  fromMonth: z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, 'expected YYYY-MM').describe('the first month that it is for, YYYY-MM'),
});
const quotaSet = z.strictObject({ distributorId: idText('distributor'), vouchersPerMonth: z.int(), fromMonth: z.string() });
const quotaShown = z.strictObject({ distributorId: idText('distributor'), month: z.string(), vouchersPerMonth: z.int(), used: z.int() });

@Controller('issuance')
export class ReplaceFromStockController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('batches/:id/stock-replacements')
  @HttpCode(201)
  @Api({
    summary: 'Hand others of one\'s own stock over for stopped vouchers first to last of a batch, within the quota of the month; what was left on the old ones stays with them until they expire',
    who: ['distributor'], body, answer: replaced, status: 201,
    refusals: [
      'voucher_not_found', 'batch_not_found', 'vouchers_expired', 'range_outside_batch', 'range_already_replaced', 'range_not_stopped', 'replacement_count_differs',
      'range_not_yours', 'replacement_quota_exceeded', 'vouchers_ended', 'order_cancelled', 'range_not_in_stock', 'range_stopped',
    ],
  })
  async replace(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof replaced>> {
    const { given, ...range } = parse(body, asked);
    const batchId = parse(idIn('batch'), id);
    const outcome = await this.commands.execute(new ReplaceFromStock(ownDistributorOf(meta.caller), { batchId, ...range }, given, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, batchId: idOut('batch', batchId), handOvers: outcome.handOvers.map(showHandOver) };
  }

  @Post('distributors/:id/replacement-quotas')
  @HttpCode(201)
  @Api({
    summary: 'Set how many stopped vouchers a distributor may replace by itself in a month, from a month on', who: ['operator'],
    body: quotaIn, answer: quotaSet, status: 201, refusals: ['distributor_not_found'],
  })
  async setQuota(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof quotaSet>> {
    const { vouchersPerMonth, fromMonth } = parse(quotaIn, asked);
    const quota = { distributorId: parse(idIn('distributor'), id), vouchersPerMonth, fromMonth: `${fromMonth}-01` };
    const outcome = await this.commands.execute(new SetQuota(quota, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { distributorId: idOut('distributor', outcome.distributorId), vouchersPerMonth, fromMonth };
  }

  @Get('distributors/:id/replacement-quota')
  @Api({
    summary: 'What a distributor may replace by itself this month, and how much of it is used: one\'s own, or any',
    who: ['distributor', 'operator', 'auditor'], answer: quotaShown, refusals: ['distributor_not_found'],
  })
  async quota(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof quotaShown>> {
    const distributorId = parse(idIn('distributor'), id);
    if ((distributorOf(caller) ?? distributorId) !== distributorId) throw new Problem(reject('distributor_not_found'));
    const quota = await this.queries.execute(new ShowQuota(distributorId));
    return { distributorId: idOut('distributor', distributorId), ...quota, month: quota.month.slice(0, 7) };
  }
}
