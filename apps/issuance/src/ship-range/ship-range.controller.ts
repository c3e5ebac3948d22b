import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { namesOneWay, ONE_WAY, rangeFields } from '../range-fields.js';
import { ShipRange } from './ship-range.command.js';

const body = z.strictObject({ distributorId: idIn('distributor'), ...rangeFields }).refine(namesOneWay, ONE_WAY);
const shipped = z.strictObject({
  deliveryId: idText('delivery'), batchId: idText('batch'), distributorId: idText('distributor'), first: z.int(), last: z.int(),
});

@Controller('issuance/batches')
export class ShipRangeController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/deliveries')
  @HttpCode(201)
  @Api({
    summary: 'Ship vouchers of a batch to a distributor: by indices, or whole booklets, or all', who: ['operator'],
    body, answer: shipped, status: 201,
    refusals: [
      'distributor_not_found', 'batch_not_found', 'range_outside_batch', 'batch_not_loaded', 'range_not_printed', 'range_already_shipped', 'range_stopped',
    ],
  })
  async ship(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof shipped>> {
    const { distributorId, ...range } = parse(body, asked);
    const outcome = await this.commands.execute(new ShipRange(parse(idIn('batch'), id), distributorId, range, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      ...outcome, deliveryId: idOut('delivery', outcome.deliveryId), batchId: idOut('batch', outcome.batchId),
      distributorId: idOut('distributor', outcome.distributorId),
    };
  }
}
