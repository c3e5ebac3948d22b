import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import type { ShownCardPayment } from '../card-payment.store.js';
import { placeOf } from '../id-cursor.js';
import { ListCardPayments, OpenCardPayment } from './pay-by-card.command.js';

const METHODS = ['card', 'bank_transfer', 'sepa_debit'] as const;
const body = z.strictObject({
  payerId: idIn('payer').optional().describe('whose share; needed from the operator where the order has several payers'),
  method: z.enum(METHODS).default('card').describe('how the payer wants to pay on that page; a transfer may come in parts, a debit takes days'),
});
const opened = z.strictObject({
  cardPaymentId: idText('cardPayment'), sessionId: z.string(), url: z.string().describe('send the payer there'),
  amountCents: z.int(), currency: z.literal('EUR'),
});
const query = pageQuery.extend({ orderId: idIn('order').optional() });
const shown = z.strictObject({
  cardPaymentId: idText('cardPayment'), orderId: idText('order'), payerId: idText('payer'), amountCents: z.int(), currency: z.literal('EUR'),
  method: z.enum(METHODS), state: z.enum(['open', 'processing', 'paid', 'failed', 'expired']), sessionId: z.string().nullable(),
  openedAt: z.string(), bookedAt: z.string().nullable(),
  announcedCents: z.int().describe('on its way, and no cover before all of it is there'),
  instructionsUrl: z.string().nullable().describe('where the payer of a transfer reads to which account to send it'),
  coverCents: z.int().nullable(), excessCents: z.int().nullable().describe('more than the share still asked: lies in unmatched'),
});

@Controller('issuance')
export class PayByCardController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('orders/:id/card-payments')
  @HttpCode(201)
  @Api({
    summary: 'Open a page where a payer pays by card, transfer or direct debit what its share of the order still owes', who: ['payer', 'operator'],
    body, answer: opened, status: 201,
    refusals: [
      'card_payments_off', 'order_not_found', 'share_not_found', 'share_not_named', 'card_account_missing', 'card_account_other',
      'order_fully_funded', 'card_payments_too_many', 'sepa_debit_off', 'sepa_exposure_exceeded', 'card_amount_not_chargeable',
    ],
  })
  async open(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof opened>> {
    const [orderId, { payerId = null, method }, caller] = [parse(idIn('order'), id), parse(body, asked), payerOf(meta.caller)];
    if (caller !== null && payerId !== null && payerId !== caller) {
      throw new Problem('request_malformed', [{ path: 'payerId', message: 'a payer pays for itself: leave it out' }]);
    }
    const outcome = await this.commands.execute(new OpenCardPayment({ orderId, payerId, caller, method }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, cardPaymentId: idOut('cardPayment', outcome.cardPaymentId) };
  }

  @Get('card-payments')
  @Api({
    summary: 'Card payments, newest first: a payer\'s own, or all', who: ['payer', 'operator', 'auditor'], query,
    answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal) {
    const { limit, cursor, orderId = null } = parse(query, asked);
    const before = placeOf('cardPayment', cursor);
    const rows = await this.queries.execute(new ListCardPayments({ payerId: payerOf(caller), orderId, before, rowsMax: limit + 1 }));
    return pageOf(rows, limit, ({ cardPaymentId }) => [cardPaymentId], show);
  }
}

function show({ cardPaymentId, orderId, payerId, openedAt, bookedAt, ...payment }: ShownCardPayment): z.output<typeof shown> {
  const { sessionId, method, instructionsUrl, amount, announced, cover, excess } = payment;
  return {
    cardPaymentId: idOut('cardPayment', cardPaymentId), orderId: idOut('order', orderId), payerId: idOut('payer', payerId),
    amountCents: toWire(amount), currency: 'EUR', method, state: bookedAt ? 'paid' : payment.state, sessionId, instructionsUrl,
    announcedCents: bookedAt ? 0 : toWire(announced),
    openedAt: openedAt.toISOString(), bookedAt: bookedAt?.toISOString() ?? null,
    coverCents: cover === null ? null : toWire(cover), excessCents: excess === null ? null : toWire(excess),
  };
}
