import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, parse } from '#libs/http';
import { cents, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { bankLines } from './bank-lines.listing.js';
import { LINE_KINDS, ListBankLines, type ListedBankLine } from './list-bank-lines.query.js';

const query = listingQuery(bankLines);
const listed = z.strictObject({
  bankLineId: idText('bankLine'), bankAccountId: idText('bankAccount'), kind: z.enum(LINE_KINDS),
  finding: z.string().nullable().describe('why it is on the work-list'), side: z.enum(['credit', 'debit']), amountCents: z.int(),
  currency: z.literal('EUR'), bookedOn: z.string(), references: z.array(z.string()), endToEndId: z.string().nullable(),
  counterparty: z.string().nullable(), remittance: z.string().nullable(), reasonCode: z.string().nullable(),
  bankCode: z.string().nullable(), statementRef: z.string(),
  identifiedAs: z.enum(['payer_receipt', 'psp_payout', 'debit_note', 'place_invoice', 'gift', 'paid_in']).nullable().describe('what an unknown credit turned out to be'),
  waits: z.enum(['yes', 'no']).describe('nobody has said what it is'),
  matches: z.array(z.strictObject({ orderId: idText('order'), amountCents: z.int() })),
});
const answer = listingAnswer(bankLines, listed);

/** The raw line as the bank wrote it: only people who keep the accounts see names and texts. */
@Controller('settlement/bank-lines')
export class BankLinesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Lines of bank statements, newest first unless told otherwise; the work-list by kind', who: ['operator', 'approver'], query, answer })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { rows, nextCursor, totals } = await this.queries.execute(new ListBankLines(parse(query, asked)));
    return { items: rows.map(show), nextCursor, totals: showTotals(totals) };
  }
}

function show(line: ListedBankLine): z.output<typeof listed> {
  const { kind, finding, side, endToEndId, reasonCode, bankCode, statementRef, identifiedAs, waits } = line;
  return {
    kind, finding, side, endToEndId, reasonCode, bankCode, statementRef, identifiedAs, waits,
    bankLineId: idOut('bankLine', line.id), bankAccountId: idOut('bankAccount', line.bankAccountId), amountCents: toWire(cents(line.amountCents)),
    currency: 'EUR', bookedOn: line.bookedOn.toISOString().slice(0, 10), references: [...line.references],
    counterparty: line.counterparty || null, remittance: line.remittance || null,
    matches: line.matches.map(({ orderId, amountCents }) => ({ orderId: idOut('order', orderId), amountCents })),
  };
}
