import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { distributorOf } from '../caller.js';
import { ORDER_COUNT_MAX } from '../limits.js';
import { ReplaceVouchers } from './replace-vouchers.command.js';

const index = z.int().min(0).max(ORDER_COUNT_MAX);
const body = z.strictObject({ first: index, last: index });
const replaced = z.strictObject({
  batchId: idText('batch').describe('the new batch: its voucher i takes the place of voucher first + i'),
  replacedBatchId: idText('batch'), first: z.int(), last: z.int(), count: z.int(),
});

@Controller('issuance/batches')
export class ReplaceVouchersController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/replacements')
  @HttpCode(201)
  @Api({
    summary: 'Mint replacements for stopped vouchers first to last of a batch (indices from 0, both included); what is left on the old ones moves to them. A distributor does so for what it has or gave, within its quota',
    who: ['operator', 'distributor'], body, answer: replaced, status: 201,
    refusals: [
      'batch_not_found', 'vouchers_expired', 'range_outside_batch', 'range_too_large', 'range_already_replaced', 'range_not_spendable',
      'range_not_stopped', 'range_not_yours', 'replacement_quota_exceeded',
    ],
  })
  async replace(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof replaced>> {
    const outcome = await this.commands.execute(new ReplaceVouchers(parse(idIn('batch'), id), parse(body, asked), distributorOf(meta.caller), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, batchId: idOut('batch', outcome.batchId), replacedBatchId: idOut('batch', outcome.replacedBatchId) };
  }
}
