import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { namesOneWay, ONE_WAY, rangeFields } from '../range-fields.js';
import { ReceivePrinted } from './receive-printed.command.js';

const body = z.strictObject(rangeFields).refine(namesOneWay, ONE_WAY);
const received = z.strictObject({ batchId: idText('batch'), first: z.int(), last: z.int() });

@Controller('issuance/batches')
export class ReceivePrintedController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/printer-receipts')
  @HttpCode(201)
  @Api({
    summary: 'Note that vouchers came from the printer and lie with the operator; what the printer sends on itself is shipped without this',
    who: ['operator'], body, answer: received, status: 201,
    refusals: ['batch_not_found', 'range_outside_batch', 'range_not_printed', 'range_not_at_printer'],
  })
  async receive(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof received>> {
    const outcome = await this.commands.execute(new ReceivePrinted(parse(idIn('batch'), id), parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, batchId: idOut('batch', outcome.batchId) };
  }
}
