// Which rules were in force on a day, from audit's own copy of what was published, each with the event that proves it.
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { scopesOf, type Principal } from '#libs/auth';
import { Api, Caller, dayIn, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { idOf, reject } from '#libs/kernel';
import { RULE_KINDS } from './rules.decision.js';
import { ShowRules } from './show-rules.query.js';

const query = z.strictObject({
  programmeId: idIn('programme'), day: dayIn, placeId: idIn('place').optional().describe('with what this place asked for its services'),
});
const answer = z.strictObject({
  day: z.string(),
  rules: z.array(z.strictObject({
    kind: z.enum(RULE_KINDS), version: z.int(), from: z.string(), eventId: idText('event'), toldAt: z.iso.datetime(),
    body: z.unknown().describe('as it was published; upstream fees without a programme count where the programme has none of its own'),
  })),
});

@Controller('audit/rules')
export class ShowRulesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'The rules of a programme that were in force on a day: its own, fees, closing, upstream fees, netting terms, tariffs of a place',
    who: ['auditor', 'operator', 'approver'], mandate: 'scoped', query, answer, refusals: ['mandate_too_narrow'],
  })
  async show(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const { programmeId, placeId = null, day } = parse(query, asked);
    const scopes = scopesOf(caller);
    // A mandate that names payers alone does not keep its rules from them: rules are no money of anybody.
    if (scopes && !scopes.some(({ programmeIds }) => programmeIds.length === 0 || programmeIds.includes(programmeId))) throw new Problem(reject('mandate_too_narrow'));
    const rules = await this.queries.execute(new ShowRules(programmeId, placeId, day));
    return { day, rules: rules.map(({ eventId, toldAt, ...rule }) => ({ ...rule, eventId: idOut('event', idOf('event', eventId)), toldAt: toldAt.toISOString() })) };
  }
}
