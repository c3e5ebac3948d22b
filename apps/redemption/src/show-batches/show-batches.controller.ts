import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { toWire } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import type { BatchView } from './batch-view.store.js';
import { ListBatches } from './show-batches.query.js';

const shown = z.strictObject({
  batchId: idText('batch'), programmeId: idText('programme'), kind: z.enum(['unit', 'balance']), faceCents: z.int(), currency: z.literal('EUR'),
  count: z.int(), loadedCount: z.int(), spendableCount: z.int(), activatedCents: z.int(), leftCents: z.int(),
  frozen: z.boolean().describe('a payment of the order is disputed'),
  usableUntil: z.string(), claimableUntil: z.string(),
});

@Controller('redemption/batches')
export class ShowBatchesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Batches with what is loaded, spendable and left, newest first', who: ['operator', 'auditor'], query: pageQuery, answer: pageAnswer(shown) })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListBatches(placeOf('batch', cursor), limit + 1));
    return pageOf(rows, limit, ({ batchId }) => [batchId], show);
  }
}

const show = ({ batchId, programmeId, unit, face, activated, left, ...rest }: BatchView): z.output<typeof shown> => ({
  ...rest, batchId: idOut('batch', batchId), programmeId: idOut('programme', programmeId), kind: unit ? 'unit' : 'balance',
  faceCents: toWire(face), currency: 'EUR', activatedCents: toWire(activated), leftCents: toWire(left),
});
