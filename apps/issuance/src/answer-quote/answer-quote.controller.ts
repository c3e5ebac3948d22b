import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { assert, isRejected } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { REASON_LENGTH_MAX } from '../limits.js';
import { ANSWERS } from '../order-draft.decision.js';
import { AnswerQuote } from './answer-quote.command.js';

const body = z.strictObject({
  answer: z.enum(ANSWERS), reason: textIn(REASON_LENGTH_MAX).optional().describe('why it is refused'),
}).refine(({ answer, reason }) => (answer === 'refused') === (reason !== undefined), { path: ['reason'], message: 'expected a reason, for a refusal only' });
const answered = z.strictObject({
  orderId: idText('order'), version: z.int(), answer: z.enum(ANSWERS),
  reference: z.string().nullable().describe('of the order, once all payers have accepted'),
});

@Controller('issuance/order-drafts')
export class AnswerQuoteController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/quotes/:version/answers')
  @HttpCode(201)
  @Api({
    summary: 'Accept or refuse a quote, each payer for its own share; with the last acceptance the order exists', who: ['payer'],
    body, answer: answered, status: 201,
    refusals: [
      'order_not_found', 'order_cancelled', 'quote_not_found', 'quote_outdated', 'quote_answered', 'quote_refused', 'quote_lapsed',
      'programme_ended', 'programme_limit_reached', 'seller_not_configured', 'payer_billing_missing', 'billing_reference_missing',
    ],
  })
  async answer(
    @Param('id') id: string, @Param('version') shown: string, @Body() asked: unknown, @Meta() meta: HttpMeta,
  ): Promise<z.output<typeof answered>> {
    const [orderId, version, payerId] = [parse(idIn('order'), id), parse(z.coerce.number().int().min(1).max(1_000_000), shown), payerOf(meta.caller)];
    assert(payerId, 'only payers come here');
    const { answer, reason = null } = parse(body, asked);
    const outcome = await this.commands.execute(new AnswerQuote({ orderId, version, payerId, answer, reason }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, orderId: idOut('order', outcome.orderId) };
  }
}
