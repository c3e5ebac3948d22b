import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { cents, isRejected, toWire } from '#libs/kernel';
import { vatOf } from './place-charge-rule.decision.js';
import { ListChargeRules, PublishChargeRule } from './place-charge-rules.commands.js';

const body = z.strictObject({
  from: dayIn.describe('the first day on which it charges, and the same day of each later year'),
  amountCents: z.int().min(0).max(100_000_000).describe('a year, without VAT; 0 ends the charge'),
  vatBasisPoints: z.int().min(0).max(10_000),
  bankAccountId: idIn('bankAccount').describe('the account of ours that it is paid to, and against whose statements it is netted'),
});
const published = z.strictObject({ version: z.int() });
const shown = z.strictObject({
  version: z.int(), from: z.string(), amountCents: z.int(), vatBasisPoints: z.int(), vatCents: z.int(), currency: z.literal('EUR'),
  bankAccountId: idText('bankAccount'),
  owedBy: z.literal('who_takes_vouchers_on_its_day').describe('whole, never a part of a year: who left before its day owes nothing, who comes after it nothing until the next'),
});

@Controller('settlement/place-charge-rules')
export class PlaceChargeRulesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish what each payee is charged once a year, from a day on that its places can leave before', who: ['operator'], freshSecondFactor: true,
    body, answer: published, status: 201,
    refusals: [
      'bank_account_unknown', 'charge_rule_over_cap', 'charge_day_not_yearly', 'charge_rule_without_notice', 'charge_rule_too_far',
      'charge_rule_too_early', 'charge_year_taken',
    ],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const { amountCents, bankAccountId, ...given } = parse(body, asked);
    const request = { ...given, amount: cents(amountCents), custodyAccountId: bankAccountId };
    const outcome = await this.commands.execute(new PublishChargeRule(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get()
  @Api({
    summary: 'The rules of the yearly charge to places, newest first', who: ['operator', 'approver', 'auditor', 'payer', 'till', 'manager'],
    answer: z.strictObject({ items: z.array(shown) }),
  })
  async list(): Promise<{ items: z.output<typeof shown>[] }> {
    const rules = await this.queries.execute(new ListChargeRules());
    return {
      items: rules.map(({ version, from, amount, vatBasisPoints, custodyAccountId }) => ({
        version, from, amountCents: toWire(amount), vatBasisPoints, vatCents: toWire(vatOf({ amount, vatBasisPoints })), currency: 'EUR',
        bankAccountId: idOut('bankAccount', custodyAccountId), owedBy: 'who_takes_vouchers_on_its_day',
      })),
    };
  }
}
