import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { addDays, isRejected, toWire, type Cents } from '#libs/kernel';
import { SIMULATED_ORDERS_SHOWN_MAX, SIMULATION_DAYS_MAX } from '../limits.js';
import { askedRule, ruleBody } from '../publish-programme/rule-fields.js';
import { SimulateRule } from './simulate-rule.query.js';

const window = z.strictObject({ from: dayIn, to: dayIn.describe('included') })
  .refine(({ from, to }) => to >= from, { path: ['to'], message: 'expected a day on or after from' })
  .refine(({ from, to }) => to < addDays(from, SIMULATION_DAYS_MAX), { path: ['to'], message: `expected at most ${SIMULATION_DAYS_MAX} days` });
const body = z.strictObject({ rule: ruleBody, window: window.describe('days on which orders were placed, in the operator\'s time zone') });

const sum = { count: z.int(), amountCents: z.int() };
const answer = z.strictObject({
  programmeId: idText('programme'), currency: z.literal('EUR'),
  decided: z.strictObject(sum).describe('orders of the window as they were placed'),
  accepted: z.strictObject(sum).describe('those that the rules would have accepted, at their price'),
  refused: z.array(z.strictObject({ code: z.string(), ...sum })).describe('the others by refusal, as they were placed; the largest sum first'),
  repriced: z.strictObject({ count: z.int(), differenceCents: z.int().describe('below zero: cheaper') }),
  differentCount: z.int(),
  differences: z.array(z.strictObject({
    orderId: idText('order'), code: z.string().nullable(), amountCents: z.int(), simulatedCents: z.int().nullable(),
  })).describe(`the first ${SIMULATED_ORDERS_SHOWN_MAX} of them`),
});

@Controller('issuance/programmes')
export class SimulateRuleController {
  constructor(private readonly queries: QueryBus) {}

  @Post(':id/rules/simulate')
  @HttpCode(200)
  @Api({
    summary: 'Decide past orders of a programme again under other rules; keeps nothing', who: ['operator'], body, answer, once: false,
    refusals: [
      'programme_not_found', 'effect_in_past', 'rules_end_before_effect', 'limit_below_face', 'price_bound_below_face',
      'simulation_too_large',
    ],
  })
  async simulate(@Param('id') id: string, @Body() asked: unknown): Promise<z.output<typeof answer>> {
    const { rule: { effectiveFrom, ...text }, window: days } = parse(body, asked);
    const programmeId = parse(idIn('programme'), id);
    const report = await this.queries.execute(new SimulateRule(programmeId, days, { text: askedRule(text), effectiveFrom }));
    if (isRejected(report)) throw new Problem(report);
    const { decided, accepted, refused, repriced, differences, differentCount } = report;
    return {
      programmeId: idOut('programme', programmeId), currency: 'EUR', decided: shown(decided), accepted: shown(accepted),
      refused: refused.map(({ code, ...group }) => ({ code, ...shown(group) })),
      repriced: { count: repriced.count, differenceCents: Number(repriced.difference) }, differentCount,
      differences: differences.map(({ orderId, code, total, simulated }) => ({
        orderId: idOut('order', orderId), code, amountCents: toWire(total), simulatedCents: simulated === null ? null : toWire(simulated),
      })),
    };
  }
}

const shown = ({ count, amount }: Readonly<{ count: number; amount: Cents }>) => ({ count, amountCents: toWire(amount) });
