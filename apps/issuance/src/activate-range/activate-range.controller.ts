import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { namesOneWay, ONE_WAY, rangeFields } from '../range-fields.js';
import { ActivateRange } from './activate-range.command.js';

const body = z.strictObject(rangeFields).refine(namesOneWay, ONE_WAY);
const activated = z.strictObject({
  activationId: idText('activation'), batchId: idText('batch'), first: z.int(), last: z.int(), amountCents: z.int(),
  currency: z.literal('EUR'),
});

@Controller('issuance/batches')
export class ActivateRangeController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/activations')
  @HttpCode(201)
  @Api({
    summary: 'Activate the vouchers first to last of a batch (indices from 0, both included) or whole booklets, all unless told',
    who: ['operator'], body, answer: activated, status: 201,
    refusals: [
      'batch_not_found', 'programme_ended', 'range_outside_batch', 'batch_is_replacement', 'batch_not_loaded',
      'range_already_activated', 'range_stopped', 'insufficient_coverage',
    ],
  })
  async activate(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof activated>> {
    const outcome = await this.commands.execute(new ActivateRange(parse(idIn('batch'), id), parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, activationId: idOut('activation', outcome.activationId), batchId: idOut('batch', outcome.batchId) };
  }
}
