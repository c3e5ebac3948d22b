// A place may hold the proof of what it is owed: from the next checkpoint on, nobody can say that its statement was another.
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { inclusionAnswer, shownInclusion } from '../prove-events/inclusion-answer.js';
import { ProveStatement } from './prove-statement.query.js';

const query = z.strictObject({ size: z.string().regex(/^[1-9]\d{0,14}$/, 'expected a number of leaves from 1').transform(Number).optional() });

@Controller('audit/statements')
export class ProveStatementController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/proof')
  @Api({
    summary: 'Proof that a statement, as it closed, is in the log of the newest checkpoint; a place asks for its own', who: ['auditor', 'operator', 'approver', 'till', 'manager'],
    query, answer: inclusionAnswer, refusals: ['statement_not_told', 'checkpoint_not_found', 'log_shorter', 'event_not_in_log'],
  })
  async proof(@Param('id') text: string, @Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof inclusionAnswer>> {
    const [statementId, { size }] = [parse(idIn('statement'), text), parse(query, asked)];
    const placeId = caller.organisationKind === 'place' ? caller.partyId ?? '' : null;
    const proved = await this.queries.execute(new ProveStatement(statementId, size ?? null, placeId));
    if (isRejected(proved)) throw new Problem(proved);
    return shownInclusion(proved.eventId, proved.inclusion);
  }
}
