import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { idOf, toWire } from '#libs/kernel';
import { maskIban } from '../bank-fields.js';
import { PURPOSES, RAILS } from '../payment-source.decision.js';
import { ListPayments, PAYMENT_STATES, type ListedPayment } from './list-payments.query.js';

const query = pageQuery.extend({
  state: z.enum(PAYMENT_STATES).optional(), runId: idIn('settlementRun').optional(), payeeId: idIn('payee').optional(),
});
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('payment', uuid))]);
const listed = z.strictObject({
  paymentId: idText('payment'), runId: idText('settlementRun'), rail: z.enum(RAILS), purpose: z.enum(PURPOSES), payeeId: idText('payee'), legalName: z.string().nullable(),
  iban: z.string().nullable().describe('masked'), stripeAccountId: z.string().nullable(), bankVersion: z.int().describe('of the account that it goes to'), amountCents: z.int(), currency: z.literal('EUR'), endToEndId: z.string(), stripeTransferId: z.string().nullable(),
  state: z.enum(PAYMENT_STATES), bookedOn: z.string().nullable().describe('debited by the bank, or moved by Stripe'), returnedOn: z.string().nullable(),
  rejectedAt: z.iso.datetime().nullable(), reasonCode: z.string().nullable().describe('of the return or the rejection'),
});

@Controller('settlement/payments')
export class PaymentsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Payments, newest first', who: ['operator', 'approver', 'auditor'], query, answer: pageAnswer(listed) })
  async list(@Query() asked: unknown) {
    const { limit, cursor, state = null, runId = null, payeeId = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListPayments({ before, rowsMax: limit + 1, state, runId, payeeId }));
    return pageOf(rows, limit, ({ id }) => [id], show);
  }
}

function show({ id, runId, payeeId, iban, amount, rejectedAt, ...payment }: ListedPayment): z.output<typeof listed> {
  return {
    paymentId: idOut('payment', id), runId: idOut('settlementRun', runId), payeeId: idOut('payee', payeeId), iban: iban && maskIban(iban),
    amountCents: toWire(amount), currency: 'EUR', rejectedAt: rejectedAt?.toISOString() ?? null, ...payment,
  };
}
