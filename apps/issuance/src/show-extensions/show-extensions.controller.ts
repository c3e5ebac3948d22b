import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { idOf, toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { placeOf } from '../id-cursor.js';
import { EXTENSION_STATES } from './extension-state.decision.js';
import { ListExtensions, type ShownExtension } from './show-extensions.query.js';

const query = pageQuery.extend({ orderId: idIn('order').optional(), extensionId: idIn('extension').optional() });
const dates = z.strictObject({ usableUntil: z.iso.date(), claimableUntil: z.iso.date() });
const shown = z.strictObject({
  extensionId: idText('extension'), orderId: idText('order'), reference: z.string(), programmeName: z.string(), amountCents: z.int(), currency: z.literal('EUR'),
  state: z.enum(EXTENSION_STATES).describe('lapsed: its last day of use is over, or another extension came first'),
  now: dates.describe('of the vouchers today'), asked: dates, proposedAt: z.iso.datetime(), proposedBy: z.string(),
  payers: z.array(z.strictObject({ payerId: idText('payer'), name: z.string(), agreedAt: z.iso.datetime().nullable() }))
    .describe('who has to agree, the leading payer first'),
});

@Controller('issuance/extensions')
export class ShowExtensionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Later dates that were proposed to payers, newest first: of a payer\'s own orders, or all', who: ['payer', 'operator', 'auditor'],
    query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, orderId = null, extensionId = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListExtensions({
      payerId: payerOf(caller), before: placeOf('extension', cursor), rowsMax: limit + 1, orderId, extensionId,
    }));
    return pageOf(rows, limit, ({ extensionId: last }) => [last], show);
  }
}

const show = (
  { extensionId, orderId, amount, dates: asked, proposedAt, payers, inForce: _, ...one }: ShownExtension,
): z.output<typeof shown> => ({
  ...one, extensionId: idOut('extension', idOf('extension', extensionId)), orderId: idOut('order', orderId),
  amountCents: toWire(amount), currency: 'EUR', asked, proposedAt: proposedAt.toISOString(),
  payers: payers.map(({ payerId, name, agreedAt }) => ({ payerId: idOut('payer', payerId), name, agreedAt })),
});
