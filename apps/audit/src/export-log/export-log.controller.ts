import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ExportLog } from './export-log.query.js';

const query = z.strictObject({ size: z.string().regex(/^[1-9]\d{0,14}$/, 'expected the size of a checkpoint').transform(Number).optional() });

@Controller('audit')
export class ExportLogController {
  constructor(private readonly queries: QueryBus) {}

  /** A stream that breaks off ends in the middle: the header says how many leaves there have to be. */
  @Get('export')
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'All leaves up to a checkpoint, by default the newest, as NDJSON for `mereau verify`', who: ['auditor'],
    query, refusals: ['checkpoint_not_found'],
  })
  async export(@Query() asked: unknown): Promise<StreamableFile> {
    const { size } = parse(query, asked);
    const found = await this.queries.execute(new ExportLog(size ?? null));
    if (isRejected(found)) throw new Problem(found);
    return new StreamableFile(Readable.from(found.pieces, { objectMode: false }), {
      type: 'application/x-ndjson; charset=utf-8', disposition: `attachment; filename="mereau-audit-${found.size}.ndjson"`,
    });
  }
}
