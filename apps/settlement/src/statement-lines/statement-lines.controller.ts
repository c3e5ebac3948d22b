import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, parse } from '#libs/http';
import { toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { readerOf } from '../reader.js';
import { LINE_KINDS, statementLines } from './statement-lines.listing.js';
import { ListStatementLines, type SharedLineOfList } from './statement-lines.query.js';

const query = listingQuery(statementLines).extend({ statementId: idIn('statement').optional().describe('of one statement') });
const shown = z.strictObject({
  claimLineId: idText('claimLine'), incidentId: idText('incident').nullable(), redemptionId: idText('redemption'), statementId: idText('statement'),
  period: z.string(), placeId: idText('place'), placeName: z.string(), programmeName: z.string(), serviceDate: z.string(), kind: z.enum(LINE_KINDS),
  grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(), netCents: z.int(), currency: z.literal('EUR'),
});
const answer = listingAnswer(statementLines, shown);

@Controller('settlement/statement-lines')
export class StatementLinesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'The lines of the statements of one\'s own place, each with its redemption and its part of the fees, sorted, filtered and added up',
    who: ['manager'], keyScope: 'statements.read', query, answer,
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const { statementId = null, ...of } = parse(query, asked);
    const page = await this.queries.execute(new ListStatementLines(readerOf(caller).placeId!, statementId, of));
    return { items: page.rows.map(show), nextCursor: page.nextCursor, totals: showTotals(page.totals) };
  }
}

function show(line: SharedLineOfList): z.output<typeof shown> {
  const { id: _, claimLineId, incidentId, redemptionId, statementId, placeId, serviceDate, grossCents: __, shares, ...row } = line;
  const { gross, fee, vat, commons, net } = shares;
  return {
    ...row, claimLineId: idOut('claimLine', claimLineId), incidentId: incidentId && idOut('incident', incidentId),
    redemptionId: idOut('redemption', redemptionId), statementId: idOut('statement', statementId), placeId: idOut('place', placeId),
    serviceDate: serviceDate.toISOString().slice(0, 10), grossCents: toWire(gross), feeCents: toWire(fee), vatCents: toWire(vat),
    commonsCents: toWire(commons), netCents: toWire(net), currency: 'EUR',
  };
}
