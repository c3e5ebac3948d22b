import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { ListEarlyPaymentRules, PublishEarlyPaymentRule } from './early-payment-rule.commands.js';

/** As the database has it. */
const [SHARE_BASIS_POINTS_MAX, CEILING_CENTS_MAX, MONTHS_MAX, REDEMPTIONS_MAX] = [9_000, 10_000_000, 60, 100_000];

const terms = {
  from: dayIn.describe('from tomorrow on'),
  shareBasisPoints: z.int().min(0).max(SHARE_BASIS_POINTS_MAX).describe('of what the lines would be paid now; 0: nothing any more'),
  ceilingCents: z.int().min(0).max(CEILING_CENTS_MAX).describe('for one payee and custody account'),
  monthsMin: z.int().min(1).max(MONTHS_MAX).describe('since its first statement or the last finding about it'),
  redemptionsMin: z.int().min(1).max(REDEMPTIONS_MAX).describe('in its statements of that time'),
};
const body = z.strictObject({ programmeId: idIn('programme'), ...terms });
const published = z.strictObject({ version: z.int() });
const query = z.strictObject({ programmeId: idIn('programme') });
const rule = z.strictObject({ version: z.int(), ...terms, from: z.string(), currency: z.literal('EUR') });
const answer = z.strictObject({ items: z.array(rule) });

@Controller('settlement/early-payment-rules')
export class EarlyPaymentRulesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish how much of what is due to places of a programme the commons pay early, from a day on', who: ['operator'],
    freshSecondFactor: true, body, answer: published, status: 201, refusals: ['early_payment_rule_too_early'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const outcome = await this.commands.execute(new PublishEarlyPaymentRule(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get()
  @Api({ summary: 'The rules of early payment of a programme, newest first', who: ['operator', 'approver', 'auditor', 'payer', 'manager'], query, answer })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const rules = await this.queries.execute(new ListEarlyPaymentRules(parse(query, asked).programmeId));
    return { items: rules.map(({ ceiling, ...one }) => ({ ...one, ceilingCents: toWire(ceiling), currency: 'EUR' })) };
  }
}
