import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICE_CODES, servicePrices, TERRITORY_COMMUNES_MAX } from '#libs/contracts';
import { Api, amountIn, dayIn, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { addDays, isRejected, toWire } from '#libs/kernel';
import { territoryIn } from '#libs/sirene';
import { SIMULATION_DAYS_MAX } from '../limits.js';
import { boundOf } from '../tariff.decision.js';
import type { CandidateRule } from './replay.decision.js';
import { SimulateRule } from './simulate-rule.query.js';

/** Named as in a programme's rules; the rest of them decides nothing at a till. */
const rule = z.strictObject({
  usableUntil: dayIn.optional().describe('left out: as each voucher has it'),
  claimableUntil: dayIn.optional().describe('left out: as each voucher has it'),
  services: z.array(z.enum(SERVICE_CODES)).max(SERVICE_CODES.length).default([]),
  territory: territoryIn(TERRITORY_COMMUNES_MAX).default([]),
  servicePrices: servicePrices.default([]),
  limits: z.strictObject({ redemptionCentsMax: amountIn.nullable().default(null) }).prefault({}),
});
const window = z.strictObject({ from: dayIn, to: dayIn.describe('included') })
  .refine(({ from, to }) => to >= from, { path: ['to'], message: 'expected a day on or after from' })
  .refine(({ from, to }) => to < addDays(from, SIMULATION_DAYS_MAX), { path: ['to'], message: `expected at most ${SIMULATION_DAYS_MAX} days` });
const body = z.strictObject({ rule, window: window.describe('days on which vouchers were redeemed, in the operator\'s time zone') });

const sum = { count: z.int(), amountCents: z.int() };
const answer = z.strictObject({
  programmeId: idText('programme'), currency: z.literal('EUR'),
  decided: z.strictObject(sum).describe('what was redeemed in the window and not undone'),
  taken: z.strictObject(sum).describe('of it, what the rules would have taken as well'),
  refused: z.array(z.strictObject({
    code: z.string().describe('what a till would have been told'), service: z.enum(SERVICE_CODES).nullable().describe('as declared'),
    ...sum, placeCount: z.int(),
  })).describe('the rest by refusal and service, the largest sum first'),
  unplacedCount: z.int().describe('places among them whose commune nobody knows'),
});

@Controller('redemption/programmes')
export class SimulateRuleController {
  constructor(private readonly queries: QueryBus) {}

  @Post(':id/rules/simulate')
  @HttpCode(200)
  @Api({
    summary: 'Decide past redemptions of a programme again under other rules, by the decision that tills have; keeps nothing',
    who: ['operator'], body, answer, once: false, refusals: ['programme_not_found', 'simulation_too_large'],
  })
  async simulate(@Param('id') id: string, @Body() asked: unknown): Promise<z.output<typeof answer>> {
    const { rule: candidate, window: days } = parse(body, asked);
    const programmeId = parse(idIn('programme'), id);
    const report = await this.queries.execute(new SimulateRule(programmeId, days, candidateOf(candidate)));
    if (isRejected(report)) throw new Problem(report);
    const { decided, taken, refused, unplacedCount } = report;
    return {
      programmeId: idOut('programme', programmeId), currency: 'EUR', decided: shown(decided), taken: shown(taken),
      refused: refused.map(({ code, service, placeCount, ...group }) => ({ code, service, ...shown(group), placeCount })), unplacedCount,
    };
  }
}

const shown = ({ count, amount }: { count: number; amount: Parameters<typeof toWire>[0] }) => ({ count, amountCents: toWire(amount) });

function candidateOf(asked: z.output<typeof rule>): CandidateRule {
  const { usableUntil, claimableUntil, services, territory, servicePrices: prices, limits } = asked;
  return {
    services, territory, priceBounds: prices.map(boundOf), ...(usableUntil && { usableUntil }), ...(claimableUntil && { claimableUntil }),
    ...(limits.redemptionCentsMax !== null && { redemptionMax: limits.redemptionCentsMax }),
  };
}
