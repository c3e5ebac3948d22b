import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, parse } from '#libs/http';
import { cents, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { maskIban } from '../bank-fields.js';
import { PURPOSES, RAILS } from '../payment-source.decision.js';
import { ListPayments, PAID_AGAIN, PAYMENT_STATES, type ListedPayment } from './list-payments.query.js';
import { payments } from './payments.listing.js';

const query = listingQuery(payments);
const listed = z.strictObject({
  paymentId: idText('payment'), runId: idText('settlementRun'), createdAt: z.iso.datetime(), rail: z.enum(RAILS), purpose: z.enum(PURPOSES),
  payeeId: idText('payee'), legalName: z.string().nullable(), iban: z.string().nullable().describe('masked'), stripeAccountId: z.string().nullable(),
  bankVersion: z.int().describe('of the account that it goes to'), amountCents: z.int(), currency: z.literal('EUR'), endToEndId: z.string(), stripeTransferId: z.string().nullable(),
  state: z.enum(PAYMENT_STATES), bookedOn: z.string().nullable().describe('debited by the bank, or moved by Stripe'), returnedOn: z.string().nullable(),
  rejectedAt: z.iso.datetime().nullable(), reasonCode: z.string().nullable().describe('of the return or the rejection'),
  paidAgain: z.enum(PAID_AGAIN).nullable().describe('of a returned or rejected one: what became of what it paid'),
  leftCents: z.int().describe('what of it is in no later payment'),
  againPaymentId: idText('payment').nullable().describe('the latest payment that has some of it'), againRunId: idText('settlementRun').nullable(),
});
const answer = listingAnswer(payments, listed);

@Controller('settlement/payments')
export class PaymentsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Payments, newest first unless told otherwise', who: ['operator', 'approver', 'auditor'], query, answer })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { rows, nextCursor, totals } = await this.queries.execute(new ListPayments(parse(query, asked)));
    return { items: rows.map(show), nextCursor, totals: showTotals(totals) };
  }
}

const dayOf = (date: Date | null): string | null => date && date.toISOString().slice(0, 10);

function show({ id, runId, payeeId, legalName, iban, amountCents, createdAt, bookedOn, returnedOn, rejectedAt,
  leftCents, againPaymentId, againRunId, ...payment }: ListedPayment): z.output<typeof listed> {
  const { rail, purpose, stripeAccountId, bankVersion, endToEndId, stripeTransferId, state, reasonCode, paidAgain } = payment;
  return {
    rail, purpose, stripeAccountId, bankVersion, endToEndId, stripeTransferId, state, reasonCode, paidAgain,
    paymentId: idOut('payment', id), runId: idOut('settlementRun', runId), payeeId: idOut('payee', payeeId), legalName: legalName || null,
    iban: iban && maskIban(iban), amountCents: toWire(cents(amountCents)), currency: 'EUR', createdAt: createdAt.toISOString(),
    bookedOn: dayOf(bookedOn), returnedOn: dayOf(returnedOn), rejectedAt: rejectedAt?.toISOString() ?? null,
    leftCents: toWire(cents(leftCents)), againPaymentId: againPaymentId && idOut('payment', againPaymentId), againRunId: againRunId && idOut('settlementRun', againRunId),
  };
}
