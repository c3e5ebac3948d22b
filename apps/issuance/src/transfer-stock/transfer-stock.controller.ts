import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ownDistributorOf } from '../caller.js';
import { namesOneWay, ONE_WAY, rangeFields } from '../range-fields.js';
import { TransferStock } from './transfer-stock.command.js';

const goal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('distributor'), distributorId: idIn('distributor') }),
  z.strictObject({ kind: z.literal('agent'), agentId: idIn('agent') }),
  z.strictObject({ kind: z.literal('own_stock') }),
  z.strictObject({ kind: z.literal('operator') }),
]);
const body = z.strictObject({
  batchId: idIn('batch'), ...rangeFields, to: goal,
  fromAgentId: idIn('agent').nullable().default(null).describe('the desk that they leave; what lies at no desk unless told'),
}).refine(namesOneWay, ONE_WAY);
const sent = z.strictObject({ deliveryId: idText('delivery'), batchId: idText('batch'), first: z.int(), last: z.int() });

@Controller('issuance/transfers')
export class TransferStockController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Send vouchers of one\'s own stock to another distributor, to a desk, or back to the operator; whoever gets them confirms the delivery',
    who: ['distributor'], body, answer: sent, status: 201,
    refusals: [
      'batch_not_found', 'distributor_not_found', 'agent_not_found', 'range_outside_batch', 'transfer_within_stock', 'range_not_in_stock',
      'range_stopped',
    ],
  })
  async transfer(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof sent>> {
    const { batchId, to, fromAgentId, ...range } = parse(body, asked);
    const request = { distributorId: ownDistributorOf(meta.caller), batchId, asked: range, goal: to, fromAgentId };
    const outcome = await this.commands.execute(new TransferStock(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, deliveryId: idOut('delivery', outcome.deliveryId), batchId: idOut('batch', outcome.batchId) };
  }
}
