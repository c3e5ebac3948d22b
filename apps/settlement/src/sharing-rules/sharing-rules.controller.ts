import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { ListSharingRules, PublishSharingRule } from './sharing-rule.commands.js';

/** As the database has it. */
const [DECIDERS_MIN, DECIDERS_MAX, WHOLE] = [2, 50, 10_000];

const terms = {
  from: dayIn.describe('the first rule from tomorrow on, a later one thirty days after it is told'),
  operatorCapBasisPoints: z.int().min(0).max(WHOLE).describe('no fee rule takes a larger fee, VAT aside, while this rule is in force'),
  localBasisPoints: z.int().min(0).max(WHOLE).describe('of the commons share: what the pool of the programme gets; the national pool has the rest'),
};
const deciders = z.array(idIn('user')).min(DECIDERS_MIN).max(DECIDERS_MAX)
  .refine((people) => new Set(people).size === people.length, 'a person is named once')
  .describe('users who vote on allocations of the programme\'s pool');
const body = z.strictObject({ programmeId: idIn('programme'), ...terms, deciders });
const published = z.strictObject({ version: z.int() });
const query = z.strictObject({ programmeId: idIn('programme') });
const rule = z.strictObject({ version: z.int(), ...terms, from: z.string(), deciders: z.array(idText('user')) });
const answer = z.strictObject({ items: z.array(rule) });

@Controller('settlement/sharing-rules')
export class SharingRulesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish how what places of a programme give to the commons is shared, and who decides about the programme\'s pool, from a day on',
    who: ['operator'], freshSecondFactor: true, body, answer: published, status: 201, refusals: ['sharing_rule_too_early', 'operator_share_over_cap'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const outcome = await this.commands.execute(new PublishSharingRule(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get()
  @Api({ summary: 'The sharing rules of a programme, newest first', who: ['operator', 'approver', 'auditor', 'payer', 'manager'], query, answer })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const rules = await this.queries.execute(new ListSharingRules(parse(query, asked).programmeId));
    return { items: rules.map((one) => ({ ...one, deciders: one.deciders.map((userId) => idOut('user', idOf('user', userId))) })) };
  }
}
