import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, Meta, parse, Problem, rawBodyOf, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { CardProcessor } from '../card-processor.js';
import { CheckCardPayments, NoteStripeEvent } from './book-card-payments.command.js';
import { hintOf } from './stripe-hint.js';

const nothing = z.strictObject({});
const received = z.strictObject({ received: z.literal(true) });
const checked = z.strictObject({ checked: z.int(), booked: z.int() });

@Controller('issuance')
export class StripeWebhooksController {
  constructor(private readonly commands: CommandBus, private readonly processor: CardProcessor) {}

  /** Answers once the event is kept; what it hints at is looked up after. The signature is over the bytes as they came. */
  @Post('stripe-webhooks')
  @HttpCode(200)
  @Api({
    summary: 'Stripe tells of payments (signed by Stripe-Signature)', who: 'anyone', answer: received,
    refusals: ['card_payments_off', 'webhook_signature_wrong', 'webhook_signature_old', 'webhook_not_understood'],
  })
  async take(@Req() request: FastifyRequest): Promise<z.output<typeof received>> {
    const signature = request.headers['stripe-signature'];
    const event = this.processor.eventOf(rawBodyOf(request) ?? Buffer.alloc(0), typeof signature === 'string' ? signature : undefined);
    if (isRejected(event)) throw new Problem(event);
    const outcome = await this.commands.execute(new NoteStripeEvent(hintOf(event)));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { received: true };
  }

  @Post('card-payment-checks')
  @HttpCode(200)
  @Api({
    summary: 'Look up at Stripe the latest card payments of which no money is known, and book what was paid', who: ['operator'],
    body: nothing, answer: checked, refusals: ['card_payments_off'],
  })
  async check(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof checked>> {
    parse(nothing, asked);
    const outcome = await this.commands.execute(new CheckCardPayments(meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}
