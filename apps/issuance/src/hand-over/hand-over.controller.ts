import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { assert, isRejected, type DistributorId } from '#libs/kernel';
import { distributorOf } from '../caller.js';
import { communeIn } from '../commune.js';
import { PUBLIC_CATEGORIES } from '../hand-over.store.js';
import { HAND_OVERS_MAX } from '../limits.js';
import { namesWhole, rangeFields, WHOLE } from '../range-fields.js';
import { HandOver, ReturnHandOver } from './hand-over.command.js';

const handOver = z.strictObject({
  batchId: idIn('batch'), ...rangeFields,
  inseeCode: communeIn.nullable().default(null).describe('commune where they were handed over'),
  publicCategory: z.enum(PUBLIC_CATEGORIES).nullable().default(null).describe('for whom, in general; never a person'),
}).refine(namesWhole, WHOLE);
const body = z.strictObject({ handOvers: z.array(handOver).min(1).max(HAND_OVERS_MAX) });
const range = { batchId: idText('batch'), first: z.int(), last: z.int() };
const made = z.strictObject({
  handOvers: z.array(z.strictObject({
    handOverId: idText('handOver'), position: z.int().describe('place in the list that was asked, from 0'), ...range,
  })),
  ending: z.array(z.strictObject({ batchId: idText('batch'), usableUntil: z.iso.date(), stop: z.boolean() }))
    .describe('a warning: these vouchers end soon; stop: all their payers have asked distributors to stop'),
});
const returned = z.strictObject({ handOverId: idText('handOver'), ...range });

@Controller('issuance/hand-overs')
export class HandOverController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Hand vouchers over out of one\'s own stock: a list, of which all is done or nothing', who: ['distributor'],
    body, answer: made, status: 201, refusals: ['batch_not_found', 'range_outside_batch', 'vouchers_ended', 'range_not_in_stock'],
  })
  async handOver(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof made>> {
    const outcome = await this.commands.execute(new HandOver(ownStockOf(meta), parse(body, asked).handOvers, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      handOvers: outcome.handOvers.map((one) => ({ ...one, handOverId: idOut('handOver', one.handOverId), batchId: idOut('batch', one.batchId) })),
      ending: outcome.ending.map((one) => ({ ...one, batchId: idOut('batch', one.batchId) })),
    };
  }

  @Post(':id/returns')
  @HttpCode(201)
  @Api({
    summary: 'Take a hand-over of one\'s own back: its vouchers are in stock again', who: ['distributor'],
    body: z.strictObject({}), answer: returned, status: 201, refusals: ['hand_over_not_found', 'hand_over_returned'],
  })
  async takeBack(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof returned>> {
    parse(z.strictObject({}), asked);
    const outcome = await this.commands.execute(new ReturnHandOver(parse(idIn('handOver'), id), ownStockOf(meta), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, handOverId: idOut('handOver', outcome.handOverId), batchId: idOut('batch', outcome.batchId) };
  }
}

function ownStockOf({ caller }: HttpMeta): DistributorId {
  const distributorId = distributorOf(caller);
  assert(distributorId, 'the role of a distributor without a distributor');
  return distributorId;
}
