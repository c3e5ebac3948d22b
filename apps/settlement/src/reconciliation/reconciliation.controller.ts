import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { ListOpenLines, ShowReconciliation, SIDES, SOURCES, WHYS, type OpenLine, type Reconciled } from './reconciliation.queries.js';

const query = pageQuery.extend({ account: z.enum(SIDES).optional(), bankAccountId: idIn('bankAccount').optional() });
const cursorPosition = z.tuple([dayIn, z.string(), z.string()]);
const shown = z.strictObject({
  account: z.enum(SIDES), bankAccountId: idText('bankAccount').describe('of psp: the account that Stripe pays out to'),
  statedAsOf: z.string().nullable().describe('the day of the last statement, or the moment of the last reading; null: none yet'),
  statedCents: z.int(), ledgerCents: z.int(), differenceCents: z.int().describe('stated less ledger'),
  explainedCents: z.int().describe('of it: before the first statement, or not listed by Stripe yet'), unexplainedCents: z.int(),
  lines: z.int().describe('lines that make the difference; GET /settlement/reconciliation/lines lists them'), currency: z.literal('EUR'),
});
const line = z.strictObject({
  account: z.enum(SIDES), bankAccountId: idText('bankAccount'), source: z.enum(SOURCES),
  id: z.string().describe('of the bank line, bank statement or Stripe movement, or event and line of a transfer'),
  day: z.string(), amountCents: z.int().describe('adds to stated less ledger'), why: z.enum(WHYS), detail: z.string(), currency: z.literal('EUR'),
});

@Controller('settlement/reconciliation')
export class ReconciliationController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Each bank account and the balance at Stripe against the ledger: stated, posted, and what lies between', who: ['operator', 'approver', 'auditor'],
    answer: z.strictObject({ items: z.array(shown) }),
  })
  async show(): Promise<{ items: z.output<typeof shown>[] }> {
    return { items: (await this.queries.execute(new ShowReconciliation())).map(show) };
  }

  @Get('lines')
  @Api({
    summary: 'What of the bank\'s, Stripe\'s and our own lines has no counterpart, oldest first, each with its reason; they come to the difference',
    who: ['operator', 'approver', 'auditor'], query, answer: pageAnswer(line),
  })
  async lines(@Query() asked: unknown) {
    const { limit, cursor, account = null, bankAccountId = null } = parse(query, asked);
    const position = cursor ? readCursor(cursorPosition, cursor) : null;
    const after = position && { day: position[0], source: position[1], id: position[2] };
    const rows = await this.queries.execute(new ListOpenLines({ account, bankAccountId, after, rowsMax: limit + 1 }));
    return pageOf(rows, limit, ({ day, source, id }) => [day, source, id], showLine);
  }
}

const show = ({ bankAccountId, stated, ledger, explained, unexplained, ...row }: Reconciled): z.output<typeof shown> => ({
  ...row, bankAccountId: idOut('bankAccount', bankAccountId), statedCents: Number(stated), ledgerCents: Number(ledger),
  differenceCents: Number(stated - ledger), explainedCents: Number(explained), unexplainedCents: Number(unexplained), currency: 'EUR',
});

const showLine = ({ bankAccountId, amount, ...row }: OpenLine): z.output<typeof line> =>
  ({ ...row, bankAccountId: idOut('bankAccount', bankAccountId), amountCents: Number(amount), currency: 'EUR' });
