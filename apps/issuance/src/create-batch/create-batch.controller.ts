import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ORDER_COUNT_MAX } from '../limits.js';
import { BOOKLET_SIZES } from '../voucher-range.decision.js';
import { CreateBatch } from './create-batch.command.js';

const bookletSize = z.literal(BOOKLET_SIZES);
const body = z.strictObject({
  count: z.int().positive().max(ORDER_COUNT_MAX).nullable().default(null),
  bookletSize: bookletSize.nullable().default(null).describe('vouchers bound together; 1: loose; the largest that comes out even unless told'),
});
const created = z.strictObject({ batchId: idText('batch'), orderId: idText('order'), count: z.int(), bookletSize, chunks: z.int() });

@Controller('issuance/orders')
export class CreateBatchController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/batches')
  @HttpCode(201)
  @Api({
    summary: 'Mint vouchers of an order in booklets, all that are left unless told fewer', who: ['operator'],
    body, answer: created, status: 201,
    refusals: ['order_not_found', 'order_cancelled', 'proof_not_approved', 'order_fully_minted', 'booklet_incomplete'],
  })
  async create(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof created>> {
    const outcome = await this.commands.execute(new CreateBatch(parse(idIn('order'), id), parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, batchId: idOut('batch', outcome.batchId), orderId: idOut('order', outcome.orderId) };
  }
}
