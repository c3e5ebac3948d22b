import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { QUOTE_DAYS, QUOTE_DAYS_MAX } from '../limits.js';
import { quoteLine } from './quote-line-field.js';
import { QuoteOrder } from './quote-order.command.js';

const body = z.strictObject({ validDays: z.int().positive().max(QUOTE_DAYS_MAX).default(QUOTE_DAYS) });
const quoted = z.strictObject({
  orderId: idText('order'), version: z.int(), validUntil: z.string().describe('the last day on which it may be accepted'),
  count: z.int(), faceCents: z.int(), amountCents: z.int(), currency: z.literal('EUR'), lines: z.array(quoteLine),
  shares: z.array(z.strictObject({ payerId: idText('payer'), basisPoints: z.int(), amountCents: z.int() })),
});

@Controller('issuance/order-drafts')
export class QuoteOrderController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/quotes')
  @HttpCode(201)
  @Api({
    summary: 'Quote a draft: its price stands until a day, for each payer to accept for itself', who: ['operator'],
    body, answer: quoted, status: 201,
    refusals: [
      'order_not_found', 'order_accepted', 'order_cancelled', 'quote_open', 'payer_not_found', 'programme_not_found', 'programme_not_open',
      'programme_ended', 'face_not_allowed', 'order_count_not_allowed', 'order_too_large', 'programme_limit_reached', 'shares_short',
      'seller_not_configured', 'payer_billing_missing',
    ],
  })
  async quote(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof quoted>> {
    const { validDays } = parse(body, asked);
    const outcome = await this.commands.execute(new QuoteOrder(parse(idIn('order'), id), validDays, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      ...outcome, orderId: idOut('order', outcome.orderId), lines: [...outcome.lines],
      shares: outcome.shares.map((share) => ({ ...share, payerId: idOut('payer', share.payerId) })),
    };
  }
}
