import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, countIn, idIn, idOut, idText, instantIn, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor } from '#libs/http';
import { idOf, isRejected, toWire } from '#libs/kernel';
import { ListBalances, ListTransfers, type AccountBalance, type AsOf, type Moment, type PostedTransfer } from './books.queries.js';

const moment = {
  at: instantIn.optional().describe('an instant; without it and without a closing: now'),
  closing: z.string().regex(/^[1-9]\d{0,14}$/, 'expected the number of a closing').transform(Number).optional().describe('as its closing left the books'),
  bankAccountId: idIn('bankAccount').optional().describe('a custody account'),
};
const account = z.string().regex(/^[a-z_]+(:[a-z0-9-]+)?$/, 'expected an account, or a kind of account').max(80);
const oneMoment = (asked: { at?: Date | undefined; closing?: number | undefined }) => asked.at === undefined || asked.closing === undefined;
const balancesQuery = pageQuery.extend({ ...moment, account: account.optional() }).refine(oneMoment, 'expected an instant or a closing, not both');
const transfersQuery = pageQuery.extend({ ...moment, account }).refine(oneMoment, 'expected an instant or a closing, not both');

const bankAccount = z.uuid().transform((uuid) => idOf('bankAccount', uuid));
/** A list that began as of now goes on as of then. */
const MILLISECONDS_MAX = Date.UTC(10_000, 0) - 1;
const begun = z.int().min(0).max(MILLISECONDS_MAX);
const balancePosition = z.tuple([begun, bankAccount, z.string()]);
const transferPosition = z.tuple([begun, z.int(), z.uuid(), countIn]);

const asOf = { asOf: z.iso.datetime(), isFinal: z.boolean().describe('false: something that is under way may still join this moment') };
const balance = z.strictObject({
  bankAccountId: idText('bankAccount'), account: z.string(), debitCents: z.int(), creditCents: z.int(),
  balanceCents: z.int().describe('debit less credit'), transfers: z.int(),
});
const transfer = z.strictObject({
  eventId: z.uuid(), line: z.int(), rule: z.string().describe('row of docs/accounts.md'), debit: z.string(), credit: z.string(), amountCents: z.int(),
  bankAccountId: idText('bankAccount'), bookedAt: z.iso.datetime(), reversesEventId: z.uuid().nullable(),
});
const balances = pageAnswer(balance).extend({ ...asOf, currency: z.literal('EUR') });
const transfers = pageAnswer(transfer).extend({ ...asOf, currency: z.literal('EUR') });

@Controller('settlement/books')
export class BooksController {
  constructor(private readonly queries: QueryBus) {}

  @Get('balances')
  @Api({
    summary: 'The balance of every account of the sub-ledger at a past moment, by custody account', who: ['operator', 'approver', 'auditor'],
    query: balancesQuery, answer: balances, refusals: ['closing_unknown', 'closing_open'],
  })
  async balances(@Query() asked: unknown): Promise<z.output<typeof balances>> {
    const { limit, cursor, account: of = null, bankAccountId = null, ...at } = parse(balancesQuery, asked);
    const position = cursor ? readCursor(balancePosition, cursor) : null;
    const outcome = await this.queries.execute(new ListBalances({
      moment: momentOf(at, position?.[0]), account: of, custodyAccountId: bankAccountId,
      after: position && [position[1], position[2]], rowsMax: limit + 1,
    }));
    if (isRejected(outcome)) throw new Problem(outcome);
    const page = pageOf(outcome.rows, limit, (row) => [outcome.at.getTime(), row.custodyAccountId, row.account], showBalance);
    return { ...page, items: [...page.items], ...shownMoment(outcome), currency: 'EUR' };
  }

  @Get('transfers')
  @Api({
    summary: 'The transfers that the balance of one account at a moment is made of, newest first', who: ['operator', 'approver', 'auditor'],
    query: transfersQuery, answer: transfers, refusals: ['closing_unknown', 'closing_open'],
  })
  async transfers(@Query() asked: unknown): Promise<z.output<typeof transfers>> {
    const { limit, cursor, account: of, bankAccountId = null, ...at } = parse(transfersQuery, asked);
    const position = cursor ? readCursor(transferPosition, cursor) : null;
    const before = position && { micros: position[1], eventId: position[2], line: position[3] };
    const outcome = await this.queries.execute(new ListTransfers({
      moment: momentOf(at, position?.[0]), account: of, custodyAccountId: bankAccountId, before, rowsMax: limit + 1,
    }));
    if (isRejected(outcome)) throw new Problem(outcome);
    const positionOf = ({ bookedMicros, eventId, line }: PostedTransfer) => [outcome.at.getTime(), bookedMicros, eventId, line];
    const page = pageOf(outcome.rows, limit, positionOf, showTransfer);
    return { ...page, items: [...page.items], ...shownMoment(outcome), currency: 'EUR' };
  }
}

const momentOf = ({ at, closing }: { at?: Date | undefined; closing?: number | undefined }, begunAt: number | undefined): Moment =>
  (begunAt === undefined ? { at: at ?? null, closing: closing ?? null } : { at: new Date(begunAt), closing: null });
const shownMoment = ({ at, isFinal }: AsOf) => ({ asOf: at.toISOString(), isFinal });

const showBalance = ({ custodyAccountId, account: of, debit, credit, transfers: count }: AccountBalance): z.output<typeof balance> => ({
  bankAccountId: idOut('bankAccount', custodyAccountId), account: of, debitCents: Number(debit), creditCents: Number(credit),
  balanceCents: Number(debit - credit), transfers: count,
});

const showTransfer = ({ custodyAccountId, amount, bookedAt, bookedMicros: _, ...row }: PostedTransfer): z.output<typeof transfer> => ({
  ...row, bankAccountId: idOut('bankAccount', custodyAccountId), amountCents: toWire(amount), bookedAt: bookedAt.toISOString(),
});
