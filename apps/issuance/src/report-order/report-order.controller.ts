import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { AMOUNT_CENTS_MAX, Api, Caller, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { cents, isRejected, toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { ReportOrder } from './report-order.query.js';
import type { Figures } from './report-order.decision.js';

const query = z.strictObject({
  usedByPicCents: z.coerce.number().int().min(0).max(AMOUNT_CENTS_MAX).optional()
    .describe('what people of the plan for skills (PIC) used of it: asks for the State\'s share by the rule of 2020'),
});
const figures = {
  orderedCents: z.int(), activatedCents: z.int(), usedCents: z.int(), expiredCents: z.int(),
  spendableCents: z.int().describe('active, neither used nor expired'),
  refundedCents: z.int().describe('ordered back: of what expired, and of a cancelled order'),
};
const report = z.strictObject({
  orderId: idText('order'), reference: z.string(), currency: z.literal('EUR'), ...figures,
  shares: z.array(z.strictObject({ payerId: idText('payer'), ...figures })).describe('add up to the order; of a payer who asks, its own only'),
  handedOver: z.array(z.strictObject({ publicCategory: z.string().nullable(), count: z.int() }))
    .describe('vouchers given out, by public; null: nobody said to whom'),
  stateAtMostCents: z.int().nullable().describe('by the rule of 2020; null where it was not asked for'),
});

@Controller('issuance/orders')
export class ReportOrderController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/report')
  @Api({
    summary: 'What became of an order, and which payer\'s money it was, to the cent', who: ['payer', 'operator', 'auditor'], query, answer: report,
    refusals: ['order_not_found', 'purchase_outside_rule', 'publics_outside_rule'],
  })
  async report(@Param('id') id: string, @Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof report>> {
    const [orderId, { usedByPicCents }] = [parse(idIn('order'), id), parse(query, asked)];
    const usedByPic = usedByPicCents === undefined ? null : cents(usedByPicCents);
    const outcome = await this.queries.execute(new ReportOrder({ orderId, payerId: payerOf(caller), usedByPic }));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      orderId: idOut('order', orderId), reference: outcome.reference, currency: 'EUR', ...show(outcome.whole),
      shares: outcome.shares.map(({ payerId, figures: own }) => ({ payerId: idOut('payer', payerId), ...show(own) })),
      handedOver: [...outcome.handedOver], stateAtMostCents: outcome.stateAtMost === null ? null : toWire(outcome.stateAtMost),
    };
  }
}

const show = ({ ordered, activated, used, expired, spendable, refunded }: Figures) => ({
  orderedCents: toWire(ordered), activatedCents: toWire(activated), usedCents: toWire(used), expiredCents: toWire(expired),
  spendableCents: toWire(spendable), refundedCents: toWire(refunded),
});
