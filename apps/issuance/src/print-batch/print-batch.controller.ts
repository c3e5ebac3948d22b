import { Readable } from 'node:stream';
import { Body, Controller, Header, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { namesOneWay, ONE_WAY, rangeFields } from '../range-fields.js';
import { PRINT_FORMATS, RequestPrintFile, TakePrintFile } from './print-batch.command.js';

const body = z.strictObject({ format: z.enum(PRINT_FORMATS).default('csv'), ...rangeFields }).refine(namesOneWay, ONE_WAY);
const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8', pdf: 'application/pdf' } as const;

@Controller('issuance/batches')
export class PrintBatchController {
  constructor(private readonly commands: CommandBus) {}

  /** The answer is secret: whoever has it can spend what is activated. No cache keeps it, and no log writes answers. */
  @Post(':id/print-files')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Header('x-content-type-options', 'nosniff')
  @Api({
    summary: 'Codes of a batch, whole or in part, for the printer: lines (csv, json) or booklets as A4 sheets with QR codes (pdf)',
    who: ['operator'], body, refusals: ['batch_not_found', 'range_outside_batch', 'batch_key_destroyed', 'print_file_too_large'],
  })
  async print(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<StreamableFile> {
    const { format, ...range } = parse(body, asked);
    const granted = await this.commands.execute(new RequestPrintFile(parse(idIn('batch'), id), format, range, meta));
    if (isRejected(granted)) throw new Problem(granted);
    const taken = await this.commands.execute(new TakePrintFile(granted.printFileId, meta));
    if (isRejected(taken)) throw new Problem(taken);
    return new StreamableFile(Readable.from(taken.pieces, { objectMode: false }), {
      type: TYPES[format], disposition: `attachment; filename="${idOut('printFile', granted.printFileId)}.${format}"`,
    });
  }
}
