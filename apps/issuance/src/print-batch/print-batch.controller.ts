import { Readable } from 'node:stream';
import { Body, Controller, Header, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { communeIn } from '#libs/sirene';
import { namesOneWay, ONE_WAY, rangeFields } from '../range-fields.js';
import { RequestPrintFile, TakePrintFile } from './print-batch.command.js';
import { LETTER_LANGUAGES, PRINT_FORMATS } from './print-form.decision.js';

const body = z.strictObject({
  format: z.enum(PRINT_FORMATS).default('csv'), ...rangeFields,
  printerKeyId: idIn('printerKey').nullable().default(null).describe('for pgp: whose tools can open the file'),
  language: z.enum(LETTER_LANGUAGES).default('fr').describe('of letters'),
  largePrint: z.boolean().default(false).describe('letters in 18 points'),
  commune: communeIn.nullable().default(null).describe('letters name places near it; the territory of the first payer unless told'),
}).refine(namesOneWay, ONE_WAY)
  .refine(({ format, printerKeyId }) => (format === 'pgp') === (printerKeyId !== null), {
    path: ['printerKeyId'], message: 'expected with the format pgp, and only with it',
  });
const FILES = {
  csv: ['text/csv; charset=utf-8', 'csv'], json: ['application/json; charset=utf-8', 'json'], pdf: ['application/pdf', 'pdf'],
  pgp: ['application/octet-stream', 'csv.pgp'], letters: ['application/pdf', 'letters.pdf'],
} as const;

@Controller('issuance/batches')
export class PrintBatchController {
  constructor(private readonly commands: CommandBus) {}

  /** The answer is secret: whoever has it can spend what is activated. No cache keeps it, and no log writes answers. */
  @Post(':id/print-files')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Header('x-content-type-options', 'nosniff')
  @Api({
    summary: 'Codes of a batch, whole or in part, for the printer: lines encrypted to its key (pgp), lines (csv, json), booklets as A4 sheets with '
      + 'QR codes (pdf); and the letters that go with them (letters). What left before is marked as a reprint',
    who: ['operator'], freshSecondFactor: true, body,
    refusals: [
      'batch_not_found', 'order_cancelled', 'printer_key_not_found', 'range_outside_batch', 'batch_key_destroyed', 'print_file_too_large', 'print_file_unencrypted',
    ],
  })
  async print(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<StreamableFile> {
    const { format, printerKeyId, language, largePrint, commune, ...range } = parse(body, asked);
    const form = { format, printerKeyId, letters: format === 'letters' ? { language, largePrint, commune } : null };
    const granted = await this.commands.execute(new RequestPrintFile(parse(idIn('batch'), id), form, range, meta));
    if (isRejected(granted)) throw new Problem(granted);
    const taken = await this.commands.execute(new TakePrintFile(granted.printFileId, meta));
    if (isRejected(taken)) throw new Problem(taken);
    const [type, extension] = FILES[format];
    return new StreamableFile(Readable.from(taken.pieces, { objectMode: false }), {
      type, disposition: `attachment; filename="${idOut('printFile', granted.printFileId)}.${extension}"`,
    });
  }
}
