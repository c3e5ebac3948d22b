import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idOut, idText, parse } from '#libs/http';
import { cents, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { readerOf } from '../reader.js';
import { STATEMENT_STATES, statementHistory } from './statement-history.listing.js';
import { ListStatementHistory, type HistoryRow } from './statement-history.query.js';

const listed = z.strictObject({
  statementId: idText('statement'), payeeId: idText('payee'), legalName: z.string().nullable().describe('null until the payee is completed'), period: z.string(), closedAt: z.string(), lines: z.int(), grossCents: z.int(),
  feeCents: z.int().describe('with its VAT'), commonsCents: z.int(), netCents: z.int(), toPayCents: z.int().describe('the net, less what was set off'),
  state: z.enum(STATEMENT_STATES), paidOn: z.string().nullable(), reference: z.string().nullable().describe('of its last payment, as the bank has it'),
  currency: z.literal('EUR'),
});
const query = listingQuery(statementHistory);
const answer = listingAnswer(statementHistory, listed);

@Controller('settlement/statements/history')
export class StatementHistoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Statements, sorted, filtered and added up; a place sees those of its own payee', who: ['manager', 'operator', 'approver', 'auditor'],
    keyScope: 'statements.read', query, answer,
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const page = await this.queries.execute(new ListStatementHistory(readerOf(caller), parse(query, asked)));
    return { items: page.rows.map(show), nextCursor: page.nextCursor, totals: showTotals(page.totals) };
  }
}

const wire = (amount: bigint): number => toWire(cents(amount));

function show(listedRow: HistoryRow): z.output<typeof listed> {
  const { id, payeeId, legalName, closedAt, lines, paidOn, grossCents, feeCents, commonsCents, netCents, toPayCents, ...row } = listedRow;
  return {
    ...row, statementId: idOut('statement', id), payeeId: idOut('payee', payeeId), legalName: legalName || null, closedAt: closedAt.toISOString(), lines: Number(lines), paidOn: paidOn?.toISOString().slice(0, 10) ?? null,
    grossCents: wire(grossCents), feeCents: wire(feeCents), commonsCents: wire(commonsCents), netCents: wire(netCents),
    toPayCents: wire(toPayCents),
    currency: 'EUR',
  };
}
