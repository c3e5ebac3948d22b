import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import type { ShownDispute } from './disputes.commands.js';
import { ListDisputes } from './disputes.commands.js';

const query = pageQuery.extend({ orderId: idIn('order').optional() });
const cursorPosition = z.tuple([z.string().min(1).max(255)]);
const shown = z.strictObject({
  disputeId: z.string().describe('as Stripe names it'), cardPaymentId: idText('cardPayment'), orderId: idText('order'), payerId: idText('payer'),
  amountCents: z.int(), currency: z.literal('EUR'), state: z.enum(['open', 'won', 'lost']), takenAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(), takenBackCents: z.int().describe('had not been used, and pays a part of the debt'),
  wonBackCents: z.int(), frozenCents: z.int().describe('was left on the vouchers of the order when they were frozen'),
  payerOwesCents: z.int().describe('what the payer owes in all'),
});

@Controller('issuance/disputes')
export class DisputesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Payments that Stripe took back, what is frozen for them and what their payers owe, newest first', who: ['payer', 'operator', 'auditor'],
    query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal) {
    const { limit, cursor, orderId = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListDisputes({ payerId: payerOf(caller), orderId, before, rowsMax: limit + 1 }));
    return pageOf(rows, limit, ({ disputeId }) => [disputeId], show);
  }
}

const show = ({ cardPaymentId, orderId, payerId, outcome, takenAt, endedAt, ...dispute }: ShownDispute): z.output<typeof shown> => ({
  disputeId: dispute.disputeId, cardPaymentId: idOut('cardPayment', cardPaymentId), orderId: idOut('order', orderId), payerId: idOut('payer', payerId),
  amountCents: toWire(dispute.amount), currency: 'EUR', state: outcome ?? 'open', takenAt: takenAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null, takenBackCents: toWire(dispute.takenBack), wonBackCents: toWire(dispute.wonBack),
  frozenCents: toWire(dispute.frozen), payerOwesCents: toWire(dispute.payerOwes),
});
