import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { cents, isRejected, toWire } from '#libs/kernel';
import { FREQUENCIES } from './closing-calendar.decision.js';
import type { ClosingRule } from './closing-rule.decision.js';
import { ListClosingRules, ShowClosingCalendar } from './closing-rules.queries.js';
import { PublishClosingRule } from './publish-closing-rule.command.js';

/** As the database has it: nobody waits for a larger sum, or longer. */
const [MINIMUM_CENTS_MAX, WAIT_DAYS_MAX, PAY_DAYS_MAX] = [1_000_000, 366, 90];

const body = z.strictObject({
  programmeId: idIn('programme'), from: dayIn.describe('from tomorrow on'), frequency: z.enum(FREQUENCIES),
  minimumCents: z.int().min(0).max(MINIMUM_CENTS_MAX).describe('of what would be paid; 0: no sum is too small'),
  waitDaysMax: z.int().min(1).max(WAIT_DAYS_MAX).default(90).describe('since the first closing that left something open; then no sum is too small'),
  payDaysMax: z.int().min(1).max(PAY_DAYS_MAX).default(30).describe('promised to places: from the end of a period to the debit at the bank'),
});
const published = z.strictObject({ version: z.int() });
const query = z.strictObject({ programmeId: idIn('programme') });
const rule = z.strictObject({
  version: z.int(), from: z.string(), frequency: z.enum(FREQUENCIES), minimumCents: z.int(), waitDaysMax: z.int(), payDaysMax: z.int(), currency: z.literal('EUR'),
});
const calendar = z.strictObject({
  today: z.string(), lastClosedOn: z.string().nullable(),
  programmes: z.array(z.strictObject({
    programmeId: idText('programme'), name: z.string().nullable(), claimableUntil: z.string().nullable().describe('from this day on nothing waits'),
    rule: rule.nullable().describe('in force today; null: due at each closing, whatever the sum'),
    isDue: z.boolean().describe('a closing today would be the first since a period ended'), nextEnds: z.array(z.string()),
  })),
});
const ALL = ['operator', 'approver', 'auditor', 'payer', 'manager', 'till'] as const;

@Controller('settlement')
export class ClosingRulesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('closing-rules')
  @HttpCode(201)
  @Api({
    summary: 'Publish how often statements of a programme are due from a day on, and from which sum', who: ['operator'], body, answer: published, status: 201,
    refusals: ['closing_rule_too_early'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const { minimumCents, ...terms } = parse(body, asked);
    const outcome = await this.commands.execute(new PublishClosingRule({ ...terms, minimum: cents(minimumCents) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get('closing-rules')
  @Api({ summary: 'The closing rules of a programme, newest first', who: [...ALL], query, answer: z.strictObject({ items: z.array(rule) }) })
  async list(@Query() asked: unknown): Promise<{ items: z.output<typeof rule>[] }> {
    const rules = await this.queries.execute(new ListClosingRules(parse(query, asked).programmeId));
    return { items: rules.map(show) };
  }

  @Get('closing-calendar')
  @Api({ summary: 'When statements of each programme are due: the ends of its next periods, and what is due today', who: [...ALL], answer: calendar })
  async calendar(): Promise<z.output<typeof calendar>> {
    const { programmes, ...days } = await this.queries.execute(new ShowClosingCalendar());
    return {
      ...days,
      programmes: programmes.map(({ programmeId, nextEnds, rule: inForce, ...line }) => ({
        programmeId: idOut('programme', programmeId), ...line, rule: inForce ? show(inForce) : null, nextEnds: [...nextEnds],
      })),
    };
  }
}

const show = ({ minimum, ...terms }: ClosingRule): z.output<typeof rule> => ({ ...terms, minimumCents: toWire(minimum), currency: 'EUR' });
