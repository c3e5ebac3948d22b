// Follows money for auditors and the operator: from any of its steps to all others. Ids, amounts, moments; no name, no code.
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, cursorOf, parse, Problem, readCursor } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { TRACED_REDEMPTIONS_MAX } from '../limits.js';
import { shownTrace, traceAnswer } from './trace-answer.js';
import { TraceCent } from './trace-cent.query.js';
import { beginnings, begunBy, ONE_BEGINNING } from './trace-query.js';

const traceQuery = z.strictObject({
  ...beginnings,
  limit: z.string().regex(/^[1-9]\d?$/, `expected a number from 1 to ${TRACED_REDEMPTIONS_MAX}`).transform(Number)
    .refine((limit) => limit <= TRACED_REDEMPTIONS_MAX, `expected a number from 1 to ${TRACED_REDEMPTIONS_MAX}`).default(20),
  cursor: z.string().max(400).optional(),
}).refine((query) => begunBy(query).length === 1, ONE_BEGINNING);

const cursorIn = z.tuple([z.uuid(), z.int().nonnegative(), z.int().nonnegative()]);

@Controller('audit/traces')
export class TraceCentController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'The way of money from and to any of its steps: bank line, order, share, batch, voucher, redemption, claim line, statement, payment, refund, allocation, early payment, contradictory statement, invoice',
    who: ['auditor', 'operator'], query: traceQuery, answer: traceAnswer, refusals: ['trace_not_found', 'serial_not_told'],
  })
  async trace(@Query() text: unknown): Promise<z.output<typeof traceAnswer>> {
    const { limit, cursor, ...asked } = parse(traceQuery, text);
    const trace = await this.queries.execute(new TraceCent(begunBy(asked)[0]!, limit, cursor ? readCursor(cursorIn, cursor) : null));
    if (isRejected(trace)) throw new Problem(trace);
    return shownTrace(trace, trace.next && cursorOf(trace.next));
  }
}
