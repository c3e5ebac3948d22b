import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, idOut, idText, Meta, parse, Problem, rawBodyOf, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { StripeDesk } from '../stripe-desk.js';
import { NoteStripeEvent, ReadStripeBalance, ShowStripeBalance } from './stripe-balance.command.js';

const nothing = z.strictObject({});
const received = z.strictObject({ received: z.literal(true) });
const read = z.strictObject({
  movements: z.int(), feesCents: z.int(), payouts: z.int(), arrived: z.int().describe('payouts found among bank credits that were unknown'),
});
const shown = z.strictObject({
  bankAccountId: idText('bankAccount'), currency: z.literal('EUR'), readAt: z.string().nullable(),
  statedCents: z.int().describe('the balance as Stripe lists it'), ledgerCents: z.int(),
  chargedCents: z.int().describe('paid, and not in Stripe\'s list yet'),
  refundedCents: z.int().describe('given back, and not in Stripe\'s list yet'),
  transferredCents: z.int().describe('moved to places, and not in Stripe\'s list yet'), inTransitCents: z.int().describe('on its way to the bank'),
  feesCents: z.int(), operatorCents: z.int().describe('the operator\'s own money in the custody account'),
  gapCents: z.int().describe('what the operator has to pay in: costs above what it earned'),
  unexplained: z.array(z.strictObject({ movementId: z.string(), stripeType: z.string(), netCents: z.int(), movedAt: z.string() })),
});

@Controller('settlement')
export class StripeBalanceController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly desk: StripeDesk) {}

  /** Answers once the event is kept; the balance is read after. The signature is over the bytes as they came. */
  @Post('stripe-webhooks')
  @HttpCode(200)
  @Api({
    summary: 'Stripe tells of charges, its balance and payouts (signed by Stripe-Signature)', who: 'anyone', answer: received,
    refusals: ['card_payments_off', 'webhook_signature_wrong', 'webhook_signature_old', 'webhook_not_understood'],
  })
  async take(@Req() request: FastifyRequest): Promise<z.output<typeof received>> {
    const signature = request.headers['stripe-signature'];
    const event = this.desk.eventOf(rawBodyOf(request) ?? Buffer.alloc(0), typeof signature === 'string' ? signature : undefined);
    if (isRejected(event)) throw new Problem(event);
    const { id: eventId, type, livemode, createdAt } = event;
    const outcome = await this.commands.execute(new NoteStripeEvent({ eventId, type, livemode, createdAt }));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { received: true };
  }

  @Post('stripe-balance/readings')
  @HttpCode(200)
  @Api({
    summary: 'Read what moved at Stripe since the last time, and post its fees and payouts', who: ['operator'], body: nothing, answer: read,
    refusals: ['card_payments_off', 'stripe_account_missing', 'stripe_balance_too_long', 'stripe_currency_unsupported'],
  })
  async read(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof read>> {
    parse(nothing, asked);
    const outcome = await this.commands.execute(new ReadStripeBalance(meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get('stripe-balance')
  @Api({
    summary: 'The balance at Stripe: what Stripe states beside what the ledger says, and what the operator\'s costs leave open',
    who: ['operator', 'approver', 'auditor'], answer: shown, refusals: ['stripe_account_missing'],
  })
  async show(): Promise<z.output<typeof shown>> {
    const outcome = await this.queries.execute(new ShowStripeBalance());
    if (isRejected(outcome)) throw new Problem(outcome);
    const { bankAccountId, stated, ledger, charged, refunded, transferred, inTransit, fees, own, readAt, unexplained } = outcome;
    return {
      bankAccountId: idOut('bankAccount', bankAccountId), currency: 'EUR', readAt: readAt?.toISOString() ?? null,
      statedCents: Number(stated), ledgerCents: Number(ledger), chargedCents: Number(charged),
      refundedCents: Number(refunded), transferredCents: Number(transferred), inTransitCents: Number(inTransit),
      feesCents: Number(fees), operatorCents: Number(own), gapCents: own < 0n ? Number(-own) : 0,
      unexplained: unexplained.map((one) => ({ ...one, netCents: Number(one.netCents), movedAt: one.movedAt.toISOString() })),
    };
  }
}
