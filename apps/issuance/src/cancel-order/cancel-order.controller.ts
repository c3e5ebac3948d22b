import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { AMOUNT_CENTS_MAX, Api, Caller, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { cents, isRejected, toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { REASON_LENGTH_MAX } from '../limits.js';
import { CancelOrder, PreviewCancellation } from './cancel-order.command.js';
import { CANCELLATION_STAGES, type Cancellation } from './cancel-order.decision.js';

const production = 'what making the vouchers cost, stated and proven by the operator; nothing before production';
const body = z.strictObject({
  reason: textIn(REASON_LENGTH_MAX), productionCents: z.int().min(0).max(AMOUNT_CENTS_MAX).default(0).describe(production),
});
const query = z.strictObject({ productionCents: z.coerce.number().int().min(0).max(AMOUNT_CENTS_MAX).default(0).describe(production) });
const amounts = {
  stage: z.enum(CANCELLATION_STAGES), indemnityCents: z.int(), productionCents: z.int(), currency: z.literal('EUR'),
  backAtEndCents: z.int().describe('active and in stock, stopped: comes back when the vintage ends'),
  staysCents: z.int().describe('active and with citizens: theirs to spend'),
  shares: z.array(z.strictObject({
    payerId: idText('payer'), costCents: z.int(), backCents: z.int().describe('money that no activation has used; goes back whole'),
  })).describe('of a payer who asks, its own only'),
};
const shownRange = z.strictObject({ batchId: idText('batch'), first: z.int(), last: z.int() });
const preview = z.strictObject({ ...amounts, toStop: z.array(shownRange).describe('active and in stock: stop these first') });
const cancelled = z.strictObject({
  orderId: idText('order'), ...amounts,
  refunds: z.array(z.strictObject({ refundId: idText('refund'), payerId: idText('payer'), amountCents: z.int() })),
});

@Controller('issuance/orders')
export class CancelOrderController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get(':id/cancellation')
  @Api({
    summary: 'What cancelling a draft or an order now would cost and bring back', who: ['payer', 'operator', 'auditor'], query, answer: preview,
    refusals: ['order_not_found', 'order_cancelled', 'order_expired', 'production_costs_unfounded'],
  })
  async preview(@Param('id') id: string, @Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof preview>> {
    const wanted = { orderId: parse(idIn('order'), id), payerId: payerOf(caller), production: cents(parse(query, asked).productionCents) };
    const outcome = await this.queries.execute(new PreviewCancellation(wanted));
    if (isRejected(outcome)) throw new Problem(outcome);
    return showPreview(outcome);
  }

  @Post(':id/cancellation')
  @HttpCode(201)
  @Api({
    summary: 'Cancel a draft (its first payer too) or an order: costs as shown before, unused money goes back', who: ['payer', 'operator'],
    body, answer: cancelled, status: 201,
    refusals: [
      'order_not_found', 'order_cancelled', 'cancellation_not_yours', 'order_expired', 'production_costs_unfounded', 'range_not_stopped',
    ],
  })
  async cancel(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof cancelled>> {
    const { reason, productionCents } = parse(body, asked);
    const wanted = { orderId: parse(idIn('order'), id), payerId: payerOf(meta.caller), production: cents(productionCents), reason };
    const outcome = await this.commands.execute(new CancelOrder(wanted, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      ...outcome, orderId: idOut('order', outcome.orderId),
      shares: outcome.shares.map((share) => ({ ...share, payerId: idOut('payer', share.payerId) })),
      refunds: outcome.refunds.map((one) => ({ ...one, refundId: idOut('refund', one.refundId), payerId: idOut('payer', one.payerId) })),
    };
  }
}

const showPreview = ({ stage, indemnity, production, backAtEnd, stays, shares, toStop }: Cancellation): z.output<typeof preview> => ({
  stage, indemnityCents: toWire(indemnity), productionCents: toWire(production), currency: 'EUR', backAtEndCents: toWire(backAtEnd),
  staysCents: toWire(stays),
  shares: shares.map(({ payerId, cost, back }) => ({ payerId: idOut('payer', payerId), costCents: toWire(cost), backCents: toWire(back) })),
  toStop: toStop.map((range) => ({ ...range, batchId: idOut('batch', range.batchId) })),
});
