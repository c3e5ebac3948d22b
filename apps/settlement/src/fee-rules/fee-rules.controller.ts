import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ListFeeRules } from './list-fee-rules.query.js';
import { PublishFeeRule } from './publish-fee-rule.command.js';

const basisPoints = z.int().min(0).max(10_000);
const body = z.strictObject({
  programmeId: idIn('programme'), from: dayIn,
  feeBasisPoints: basisPoints, vatBasisPoints: basisPoints, commonsBasisPoints: basisPoints,
  promisedCapBasisPoints: basisPoints.nullable().default(null)
    .describe('no later rule of the programme takes more of a gross than this, in all; it only ever falls'),
});
const published = z.strictObject({ version: z.int() });
const query = z.strictObject({ programmeId: idIn('programme') });
const shown = z.strictObject({
  programmeId: idText('programme'), version: z.int(), from: z.string(),
  feeBasisPoints: z.int(), vatBasisPoints: z.int(), commonsBasisPoints: z.int(),
  promisedCapBasisPoints: z.int().nullable(),
  platformCapBasisPoints: z.int().describe('what the platform let it take, in all, when it was published'),
});

@Controller('settlement/fee-rules')
export class FeeRulesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish what is taken from a place\'s gross from a day on', who: ['operator'], freshSecondFactor: true,
    body, answer: published, status: 201,
    refusals: [
      'fee_rule_too_high', 'fee_rule_over_cap', 'operator_share_over_cap', 'fee_cap_raised', 'fee_rule_too_early', 'fee_rule_in_the_past', 'fee_rule_without_notice',
    ],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const outcome = await this.commands.execute(new PublishFeeRule(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  /** Shown to all parties: nobody should learn a fee from a statement. */
  @Get()
  @Api({
    summary: 'The fee rules of a programme, newest first', who: ['operator', 'approver', 'auditor', 'payer', 'manager', 'till'], query,
    answer: z.strictObject({ items: z.array(shown) }),
  })
  async list(@Query() asked: unknown): Promise<{ items: z.output<typeof shown>[] }> {
    const rules = await this.queries.execute(new ListFeeRules(parse(query, asked).programmeId));
    return { items: rules.map(({ programmeId, ...rule }) => ({ programmeId: idOut('programme', programmeId), ...rule })) };
  }
}
