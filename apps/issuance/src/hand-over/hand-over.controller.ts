import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, type BatchId } from '#libs/kernel';
import { ownDistributorOf } from '../caller.js';
import { communeIn } from '#libs/sirene';
import { PUBLIC_CATEGORIES } from '../hand-over.store.js';
import { HAND_OVERS_MAX } from '../limits.js';
import { namesWhole, rangeFields } from '../range-fields.js';
import type { AskedRange } from '../voucher-range.decision.js';
import { PATHWAY } from './pathway.js';
import { HandOver, ReturnHandOver, type AskedHandOver, type MadeHandOver, type ScannedHandOver } from './hand-over.command.js';

const pathwayIn = z.string().regex(PATHWAY, 'expected 12 to 64 letters, digits or dashes with a digit among them: an opaque word, not a name');

type Named = AskedRange & Readonly<{ batchId?: BatchId | undefined; serial?: string | undefined }> & Omit<ScannedHandOver, 'serial'>;

const namesOnce = ({ serial, batchId, first, last, booklets }: Named): boolean => (serial === undefined
  ? batchId !== undefined && namesWhole({ first, last, booklets })
  : batchId === undefined && first === undefined && last === undefined && booklets === undefined);

const named = ({ serial, batchId, first, last, booklets, ...rest }: Named): AskedHandOver | ScannedHandOver =>
  (serial === undefined ? { ...rest, batchId: batchId!, first, last, booklets } : { ...rest, serial });

export const handOverIn = z.strictObject({
  batchId: idIn('batch').optional(), ...rangeFields,
  serial: z.string().min(1).max(80).optional().describe('instead of batchId and a range: of the voucher, or the number on the cover of its booklet'),
  agentId: idIn('agent').nullable().default(null).describe('out of the stock of this desk only; wherever you have them unless told'),
  inseeCode: communeIn.nullable().default(null).describe('commune where they were handed over'),
  publicCategory: z.enum(PUBLIC_CATEGORIES).nullable().default(null).describe('for whom, in general; never a person'),
  pathway: pathwayIn.nullable().default(null).describe('your own tool\'s opaque word for the path of somebody: kept as a keyed hash, to count paths and name nobody'),
}).refine(namesOnce, { path: ['serial'], message: 'expected serial, or batchId with first and last, or with booklets' }).transform(named);
const body = z.strictObject({ handOvers: z.array(handOverIn).min(1).max(HAND_OVERS_MAX) });
const range = { batchId: idText('batch'), first: z.int(), last: z.int() };
export const madeHandOver = z.strictObject({
  handOverId: idText('handOver'), position: z.int().describe('place in the list that was asked, from 0'), ...range,
});
export const showHandOver = (one: MadeHandOver): z.output<typeof madeHandOver> =>
  ({ ...one, handOverId: idOut('handOver', one.handOverId), batchId: idOut('batch', one.batchId) });
const made = z.strictObject({
  handOvers: z.array(madeHandOver),
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
    body, answer: made, status: 201,
    refusals: [
      'voucher_not_found', 'batch_not_found', 'range_outside_batch', 'vouchers_ended', 'order_cancelled', 'range_not_in_stock', 'range_stopped',
    ],
  })
  async handOver(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof made>> {
    const outcome = await this.commands.execute(new HandOver(ownDistributorOf(meta.caller), parse(body, asked).handOvers, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      handOvers: outcome.handOvers.map(showHandOver),
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
    const outcome = await this.commands.execute(new ReturnHandOver(parse(idIn('handOver'), id), ownDistributorOf(meta.caller), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, handOverId: idOut('handOver', outcome.handOverId), batchId: idOut('batch', outcome.batchId) };
  }
}
