import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { idOf, toWire } from '#libs/kernel';
import { readerOf } from '../reader.js';
import { CARRY_REASONS } from '../statement-closings/carry-over.store.js';
import { ListCarryOvers, type ListedCarryOver } from './list-carry-overs.query.js';

const query = pageQuery.extend({ payeeId: idIn('payee').optional() });
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('payee', uuid)), z.uuid().transform((uuid) => idOf('bankAccount', uuid))]);
const listed = z.strictObject({
  payeeId: idText('payee'), legalName: z.string().nullable(), bankAccountId: idText('bankAccount'), upToSeq: z.int(), reason: z.enum(CARRY_REASONS),
  lines: z.int(), grossCents: z.int(), netCents: z.int().describe('what would have been paid'), currency: z.literal('EUR'),
  programmeIds: z.array(idText('programme')), since: z.string().describe('the day of the first closing that left something open'),
  nextEnd: z.string().nullable().describe('the end of the next period of one of its programmes; the closing of it may take the lines'),
  latestEnd: z.string().nullable().describe('the closing of the period that ends here takes them whatever they come to'),
});

@Controller('settlement/carry-overs')
export class CarryOversController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'What the last closing left open, per payee, why, and when it may be paid; a place sees its own', who: ['operator', 'approver', 'auditor', 'manager', 'till'],
    query, answer: pageAnswer(listed),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal) {
    const { limit, cursor, payeeId = null } = parse(query, asked);
    const after = cursor ? readCursor(cursorPosition, cursor) : null;
    const rows = await this.queries.execute(new ListCarryOvers(readerOf(caller), { after, rowsMax: limit + 1, payeeId }));
    return pageOf(rows, limit, ({ payeeId: id, custodyAccountId }) => [id, custodyAccountId], show);
  }
}

function show({ payeeId, custodyAccountId, lineCount, gross, net, programmeIds, ...row }: ListedCarryOver): z.output<typeof listed> {
  return {
    payeeId: idOut('payee', payeeId), ...row, bankAccountId: idOut('bankAccount', custodyAccountId), lines: lineCount, grossCents: toWire(gross),
    netCents: toWire(net), currency: 'EUR', programmeIds: programmeIds.map((id) => idOut('programme', id)),
  };
}
