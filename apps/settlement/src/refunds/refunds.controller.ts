import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, parse } from '#libs/http';
import { cents, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { ListRefunds, REFUND_STATES, type ListedRefund } from './refunds.commands.js';
import { refunds } from './refunds.listing.js';

const query = listingQuery(refunds);
const listed = z.strictObject({
  refundId: idText('refund'), payerId: idText('payer').nullable(),
  bankLineId: idText('bankLine').nullable().describe('the credit that is given back to its sender'), payeeId: idText('payee').describe('enter the payer\'s bank account under this id'),
  legalName: z.string().nullable(), bankAccountId: idText('bankAccount').describe('the account of ours that it is paid from'), amountCents: z.int(),
  currency: z.literal('EUR'), takenAt: z.iso.datetime(), way: z.enum(['bank', 'stripe']), state: z.enum(REFUND_STATES), bankState: z.enum(['none', 'proposed', 'approved', 'blocked']),
});
const answer = listingAnswer(refunds, listed);

@Controller('settlement/refunds')
export class OwedRefundsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Refunds owed to payers and to senders of credits that were not ours, and whether a payment is on its way, newest first unless told otherwise',
    who: ['operator', 'approver', 'auditor'], query, answer,
  })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { rows, nextCursor, totals } = await this.queries.execute(new ListRefunds(parse(query, asked)));
    return { items: rows.map(show), nextCursor, totals: showTotals(totals) };
  }
}

function show({ id, payerId, bankLineId, payeeId, legalName, bankAccountId, amountCents, takenAt, way, state,
  bankState }: ListedRefund): z.output<typeof listed> {
  return {
    way, state, bankState, refundId: idOut('refund', id), payerId: payerId && idOut('payer', payerId), bankLineId: bankLineId && idOut('bankLine', bankLineId),
    payeeId: idOut('payee', payeeId), legalName: legalName || null, bankAccountId: idOut('bankAccount', bankAccountId),
    amountCents: toWire(cents(amountCents)), currency: 'EUR', takenAt: takenAt.toISOString(),
  };
}
