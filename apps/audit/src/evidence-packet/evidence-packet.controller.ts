import { Controller, Get, Header, Headers, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { beginnings, begunBy, ONE_BEGINNING } from '../trace-cent/trace-query.js';
import { EvidencePacket } from './evidence-packet.query.js';

const query = z.strictObject({
  ...beginnings,
  size: z.string().regex(/^[1-9]\d{0,14}$/, 'expected the size of a checkpoint').transform(Number).optional().describe('of a checkpoint, by default the newest'),
}).refine((asked) => begunBy(asked).length === 1, ONE_BEGINNING);

@Controller('audit/evidence')
export class EvidencePacketController {
  constructor(private readonly queries: QueryBus) {}

  /** A stream that breaks off has no manifest, and is no zip. */
  @Get()
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'A zip that tells the way of money and proves it to a stranger: the trace in words, its events with their proofs, the signed checkpoint, the documents that the caller may see',
    who: ['auditor', 'operator'], query, refusals: ['checkpoint_not_found', 'trace_not_found', 'serial_not_told'],
  })
  async packet(@Query() text: Record<string, string>, @Headers('authorization') authorization: string): Promise<StreamableFile> {
    const { size = null, ...asked } = parse(query, text);
    const begunWith = Object.fromEntries(Object.entries(text).filter(([name]) => name in beginnings));
    const packet = await this.queries.execute(new EvidencePacket({ of: begunBy(asked)[0]!, begunWith, size, authorization }));
    if (isRejected(packet)) throw new Problem(packet);
    return new StreamableFile(packet.zip, { type: 'application/zip', disposition: `attachment; filename="mereau-evidence-${packet.size}.zip"` });
  }
}
