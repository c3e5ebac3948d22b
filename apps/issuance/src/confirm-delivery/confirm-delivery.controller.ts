import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { distributorOf } from '../caller.js';
import { OUTCOME_RANGES_MAX } from '../limits.js';
import { namesWhole, rangeFields, WHOLE } from '../range-fields.js';
import { ConfirmDelivery } from './confirm-delivery.command.js';

const body = z.strictObject({
  ranges: z.array(z.strictObject(rangeFields).refine(namesWhole, WHOLE)).min(1).max(OUTCOME_RANGES_MAX).nullable().default(null)
    .describe('all that is still under way unless told'),
});
const confirmed = z.strictObject({
  deliveryId: idText('delivery'), batchId: idText('batch'),
  parts: z.array(z.strictObject({ deliveryOutcomeId: idText('deliveryOutcome'), first: z.int(), last: z.int() })),
  missing: z.array(z.strictObject({ first: z.int(), last: z.int() })).describe('what is left under way of this delivery: what did not come yet'),
  inTransitCount: z.int().describe('how many vouchers that is'),
  keyDestroyed: z.boolean().describe('that was the last of the batch: its codes can never be written out again'),
});
const refusals = ['delivery_not_found', 'range_outside_batch', 'range_not_in_transit'];

@Controller('issuance/deliveries')
export class ConfirmDeliveryController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/receipts')
  @HttpCode(201)
  @Api({
    summary: 'Confirm that vouchers of a delivery arrived, in part or all; from then on they are in the stock that they were sent to',
    who: ['distributor', 'operator'], body, answer: confirmed, status: 201, refusals,
  })
  receive(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof confirmed>> {
    return this.confirm('received', id, asked, meta);
  }

  @Post(':id/losses')
  @HttpCode(201)
  @Api({
    summary: 'Give up vouchers of a delivery that did not arrive, in part or all: the operator any, a distributor what it sent itself',
    who: ['operator', 'distributor'],
    body, answer: confirmed, status: 201, refusals,
  })
  lose(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof confirmed>> {
    return this.confirm('lost', id, asked, meta);
  }

  private async confirm(outcome: 'received' | 'lost', id: string, asked: unknown, meta: HttpMeta): Promise<z.output<typeof confirmed>> {
    const request = {
      deliveryId: parse(idIn('delivery'), id), outcome, asked: parse(body, asked).ranges, distributorId: distributorOf(meta.caller),
    };
    const confirmation = await this.commands.execute(new ConfirmDelivery(request, meta));
    if (isRejected(confirmation)) throw new Problem(confirmation);
    const { deliveryId, batchId, parts, missing, ...rest } = confirmation;
    return {
      ...rest, missing: [...missing], deliveryId: idOut('delivery', deliveryId), batchId: idOut('batch', batchId),
      parts: parts.map((part) => ({ ...part, deliveryOutcomeId: idOut('deliveryOutcome', part.deliveryOutcomeId) })),
    };
  }
}
