import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { WRITE_OFF_REASONS } from '#libs/contracts';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { distributorOf } from '../caller.js';
import { namesWhole, rangeFields, WHOLE } from '../range-fields.js';
import { LoseStock } from './lose-stock.command.js';

const reason = z.enum(WRITE_OFF_REASONS);
const body = z.strictObject({ batchId: idIn('batch'), ...rangeFields, reason: z.enum(['lost', 'stolen']) }).refine(namesWhole, WHOLE);
const destruction = z.strictObject({ batchId: idIn('batch'), ...rangeFields }).refine(namesWhole, WHOLE);
const lost = z.strictObject({
  stockLossId: idText('stockLoss'), batchId: idText('batch'), first: z.int(), last: z.int(), reason,
  keyDestroyed: z.boolean().describe('that was the last of the batch: its codes can never be written out again'),
});
const refusals = ['batch_not_found', 'range_outside_batch', 'batch_not_loaded', 'range_not_in_stock'];

@Controller('issuance')
export class LoseStockController {
  constructor(private readonly commands: CommandBus) {}

  @Post('stock-losses')
  @HttpCode(201)
  @Api({
    summary: 'Note vouchers of one\'s own stock as lost or stolen. Stop them first (POST /redemption/stops), which is in force at once; redemption stops them by this too, a moment later',
    who: ['distributor', 'operator'], body, answer: lost, status: 201, refusals,
  })
  lose(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof lost>> {
    return this.writeOff(parse(body, asked), meta);
  }

  @Post('stock-destructions')
  @HttpCode(201)
  @Api({
    summary: 'Note vouchers that the operator or its printer has as destroyed', who: ['operator'], body: destruction, answer: lost, status: 201, refusals,
  })
  destroy(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof lost>> {
    return this.writeOff({ ...parse(destruction, asked), reason: 'destroyed' }, meta);
  }

  private async writeOff(
    { batchId, reason: why, ...asked }: z.output<typeof destruction> & { reason: z.output<typeof reason> }, meta: HttpMeta,
  ): Promise<z.output<typeof lost>> {
    const request = { batchId, asked, reason: why, distributorId: distributorOf(meta.caller) };
    const outcome = await this.commands.execute(new LoseStock(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, stockLossId: idOut('stockLoss', outcome.stockLossId), batchId: idOut('batch', outcome.batchId) };
  }
}
