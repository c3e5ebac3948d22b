import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ConnectStripe } from './connect-stripe.command.js';

const body = z.strictObject({ bankAccountId: idIn('bankAccount') });
const connected = z.strictObject({ bankAccountId: idText('bankAccount') });

@Controller('settlement/stripe-accounts')
export class StripeAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Say to which custody account the Stripe account of this installation pays out: once, for good', who: ['operator'],
    freshSecondFactor: true,
    body, answer: connected, status: 201, refusals: ['card_payments_off', 'bank_account_unknown', 'stripe_account_connected'],
  })
  async connect(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof connected>> {
    const outcome = await this.commands.execute(new ConnectStripe(parse(body, asked).bankAccountId, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { bankAccountId: idOut('bankAccount', outcome.bankAccountId) };
  }
}
