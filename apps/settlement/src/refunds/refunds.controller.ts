import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { idOf, toWire } from '#libs/kernel';
import { ListRefunds, REFUND_STATES, type ListedRefund } from './refunds.commands.js';

const query = pageQuery.extend({ payerId: idIn('payer').optional() });
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('refund', uuid))]);
const listed = z.strictObject({
  refundId: idText('refund'), payerId: idText('payer').nullable(),
  bankLineId: idText('bankLine').nullable().describe('the credit that is given back to its sender'), payeeId: idText('payee').describe('enter the payer\'s bank account under this id'),
  legalName: z.string().nullable(), bankAccountId: idText('bankAccount').describe('the account of ours that it is paid from'), amountCents: z.int(),
  currency: z.literal('EUR'), takenAt: z.iso.datetime(), way: z.enum(['bank', 'stripe']), state: z.enum(REFUND_STATES), bankState: z.enum(['none', 'proposed', 'approved', 'blocked']),
});

@Controller('settlement/refunds')
export class OwedRefundsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Refunds owed to payers and to senders of credits that were not ours, and whether a payment is on its way, newest first', who: ['operator', 'approver', 'auditor'], query,
    answer: pageAnswer(listed),
  })
  async list(@Query() asked: unknown) {
    const { limit, cursor, payerId = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListRefunds({ before, rowsMax: limit + 1, payerId }));
    return pageOf(rows, limit, ({ id }) => [id], show);
  }
}

const show = ({ id, payerId, bankLineId, payeeId, bankAccountId, amount, takenAt, ...refund }: ListedRefund): z.output<typeof listed> => ({
  ...refund, refundId: idOut('refund', id), payerId: payerId && idOut('payer', payerId), bankLineId: bankLineId && idOut('bankLine', bankLineId), payeeId: idOut('payee', payeeId),
  bankAccountId: idOut('bankAccount', bankAccountId), amountCents: toWire(amount), currency: 'EUR', takenAt: takenAt.toISOString(),
});
