import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { EXPLANATION_LENGTH_MAX } from '../limits.js';
import { ConfirmRuleSet, ListRuleSets, ProposeRuleSet } from './alert-rules.commands.js';
import { figures } from './figures.js';

const body = z.strictObject({
  effectiveFrom: dayIn.describe('the first day that is measured by them, tomorrow or later'), figures, reason: textIn(EXPLANATION_LENGTH_MAX),
});
const empty = z.strictObject({});
const taken = z.strictObject({ version: z.int(), effectiveFrom: z.string() });
const ruleSet = z.strictObject({
  version: z.int(), effectiveFrom: z.string(), figures, reason: z.string(), proposedBy: z.string(), proposedAt: z.string(),
  confirmedBy: z.string().nullable(), confirmedAt: z.string().nullable().describe('null: they do not count yet'),
});
const versionIn = z.coerce.number().int().min(1).max(1_000_000);

@Controller('audit/alert-rules')
export class AlertRulesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'The figures of the rules against fraud, by version, the newest first', who: ['operator', 'approver', 'auditor'],
    answer: z.strictObject({ items: z.array(ruleSet) }),
  })
  async list(): Promise<{ items: z.output<typeof ruleSet>[] }> {
    const sets = await this.queries.execute(new ListRuleSets());
    return {
      items: sets.map(({ proposedAt, confirmedAt, ...set }) => (
        { ...set, proposedAt: proposedAt.toISOString(), confirmedAt: confirmedAt?.toISOString() ?? null })),
    };
  }

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Propose figures from a day to come on; another person confirms them', who: ['operator'], body, answer: taken, status: 201,
    refusals: ['alert_rules_day_past'],
  })
  async propose(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof taken>> {
    const outcome = await this.commands.execute(new ProposeRuleSet(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Post(':version/confirmation')
  @HttpCode(201)
  @Api({
    summary: 'Let proposed figures count, as another person than who proposed them', who: ['operator'], freshSecondFactor: true, body: empty, answer: taken,
    status: 201,
    refusals: ['alert_rules_not_found', 'alert_rules_confirmed', 'alert_rules_confirmer', 'alert_rules_day_past'],
  })
  async confirm(@Param('version') version: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof taken>> {
    parse(empty, asked);
    const outcome = await this.commands.execute(new ConfirmRuleSet(parse(versionIn, version), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}
