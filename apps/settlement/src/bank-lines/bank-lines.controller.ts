import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { idOf, toWire } from '#libs/kernel';
import { LINE_KINDS, ListBankLines, type ListedBankLine } from './list-bank-lines.query.js';

const query = pageQuery.extend({
  kind: z.enum(LINE_KINDS).optional(), bankAccountId: idIn('bankAccount').optional(), bankLineId: idIn('bankLine').optional(),
});
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('bankLine', uuid))]);
const listed = z.strictObject({
  bankLineId: idText('bankLine'), bankAccountId: idText('bankAccount'), kind: z.enum(LINE_KINDS),
  finding: z.string().nullable().describe('why it is on the work-list'), side: z.enum(['credit', 'debit']), amountCents: z.int(),
  currency: z.literal('EUR'), bookedOn: z.string(), references: z.array(z.string()), endToEndId: z.string().nullable(),
  counterparty: z.string().nullable(), remittance: z.string().nullable(), reasonCode: z.string().nullable(),
  bankCode: z.string().nullable(), statementRef: z.string(),
  identifiedAs: z.enum(['payer_receipt', 'psp_payout', 'debit_note', 'paid_in']).nullable().describe('what an unknown credit turned out to be'), matches: z.array(z.strictObject({ orderId: idText('order'), amountCents: z.int() })),
});

/** The raw line as the bank wrote it: only people who keep the accounts see names and texts. */
@Controller('settlement/bank-lines')
export class BankLinesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Lines of bank statements, newest first; the work-list by kind', who: ['operator', 'approver'], query, answer: pageAnswer(listed) })
  async list(@Query() asked: unknown) {
    const { limit, cursor, kind = null, bankAccountId = null, bankLineId = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListBankLines({ before, rowsMax: limit + 1, kind, bankAccountId, bankLineId }));
    return pageOf(rows, limit, ({ id }) => [id], show);
  }
}

function show({ id, bankAccountId, amount, matches, references, ...line }: ListedBankLine): z.output<typeof listed> {
  return {
    bankLineId: idOut('bankLine', id), bankAccountId: idOut('bankAccount', bankAccountId), ...line, references: [...references],
    amountCents: toWire(amount), currency: 'EUR',
    matches: matches.map(({ orderId, amountCents }) => ({ orderId: idOut('order', orderId), amountCents })),
  };
}
