import { Readable } from 'node:stream';
import { Body, Controller, Header, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { PRINT_FORMATS, ReadPrintFile, RequestPrintFile } from './print-batch.command.js';

const body = z.strictObject({ format: z.enum(PRINT_FORMATS).default('csv') });
const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const;

@Controller('issuance/batches')
export class PrintBatchController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  /** The answer is secret: whoever has it can spend what is activated. No cache keeps it, and no log writes answers. */
  @Post(':id/print-files')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Header('x-content-type-options', 'nosniff')
  @Api({
    summary: 'Serial and code of each voucher of a batch, for the printer', who: ['operator'],
    body, refusals: ['batch_not_found'],
  })
  async print(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<StreamableFile> {
    const [batchId, { format }] = [parse(idIn('batch'), id), parse(body, asked)];
    const granted = await this.commands.execute(new RequestPrintFile(batchId, format, meta));
    if (isRejected(granted)) throw new Problem(granted);
    const pieces = await this.queries.execute(new ReadPrintFile(batchId, format));
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: TYPES[format], disposition: `attachment; filename="${id}.${format}"`,
    });
  }
}
