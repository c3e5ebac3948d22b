import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, parse, Problem } from '#libs/http';
import { reject, toWire } from '#libs/kernel';
import { maskIban } from '../bank-fields.js';
import { readerOf } from '../reader.js';
import type { StatementPayment } from './statement-payments.store.js';
import { ListStatementPayments } from './statements.queries.js';

const shown = z.strictObject({
  state: z.enum(['instructed', 'released', 'booked', 'returned', 'rejected', 'cancelled']),
  amountCents: z.int().describe('with that of other statements, where it pays several'), currency: z.literal('EUR'),
  reference: z.string(), iban: z.string().nullable().describe('masked; null: paid by Stripe'), executionOn: z.string(), preparedAt: z.iso.datetime(),
  releasedAt: z.iso.datetime().nullable().describe('let go to the bank'), bookedOn: z.string().nullable().describe('debited by the bank'),
  returnedOn: z.string().nullable(), rejectedAt: z.iso.datetime().nullable(), reasonCode: z.string().nullable(),
});
const answer = z.strictObject({ items: z.array(shown) });

@Controller('settlement/statements/:statementId/payments')
export class StatementPaymentsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'The payments that a statement was in, oldest first, each with what became of it', who: ['operator', 'approver', 'auditor', 'manager'],
    answer, refusals: ['statement_unknown'],
  })
  async list(@Param('statementId') asked: string, @Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const payments = await this.queries.execute(new ListStatementPayments(readerOf(caller), parse(idIn('statement'), asked)));
    if (!payments) throw new Problem(reject('statement_unknown'));
    return { items: payments.map(show) };
  }
}

const show = ({ amount, iban, preparedAt, releasedAt, rejectedAt, ...payment }: StatementPayment): z.output<typeof shown> => ({
  ...payment, amountCents: toWire(amount), currency: 'EUR', iban: iban && maskIban(iban), preparedAt: preparedAt.toISOString(),
  releasedAt: releasedAt?.toISOString() ?? null, rejectedAt: rejectedAt?.toISOString() ?? null,
});
