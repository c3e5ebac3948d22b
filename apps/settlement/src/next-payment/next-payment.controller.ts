import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idOut, idText, Problem } from '#libs/http';
import { reject, toWire } from '#libs/kernel';
import { readerOf } from '../reader.js';
import { ShowNextPayment } from './next-payment.query.js';

const day = z.string().nullable();
const answer = z.strictObject({
  payeeId: idText('payee'), legalName: z.string().nullable().describe('null: the operator has not named the legal body yet'), currency: z.literal('EUR'),
  unpaid: z.array(z.strictObject({
    statementId: idText('statement'), period: z.string(), toPayCents: z.int(),
    state: z.enum(['not_ordered', 'set_off', 'instructed', 'released', 'booked', 'returned', 'rejected', 'cancelled']),
    executionOn: day.describe('of the run that has it; null: no run has'),
    payBy: day.describe('promised by the closing rules of its programmes; null: no rule says so'),
  })).describe('closed and not yet debited at the bank, oldest first'),
  accruing: z.strictObject({
    lines: z.int(), grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(), netCents: z.int(),
    nextEnd: day.describe('the end of the next period of one of its programmes; null: the operator closes when it wishes'), payBy: day,
  }).describe('in no statement yet, as the next closing would divide it now'),
  held: z.strictObject({ lines: z.int(), grossCents: z.int() }), owingCents: z.int().describe('open debit notes of the payee: taken of what comes'),
});

@Controller('settlement/next-payment')
export class NextPaymentController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'What the payee behind one\'s own place is paid next, when, and what keeps the rest', who: ['manager'], answer, refusals: ['place_unknown'],
  })
  async show(@Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const found = await this.queries.execute(new ShowNextPayment(readerOf(caller).placeId!));
    if (!found) throw new Problem(reject('place_unknown'));
    const { payeeId, legalName, unpaid, accruing: { gross, fee, vat, commons, net, ...accruing }, held, owing } = found;
    return {
      payeeId: idOut('payee', payeeId), legalName, currency: 'EUR',
      unpaid: unpaid.map(({ id, toPay, ...statement }) => ({ ...statement, statementId: idOut('statement', id), toPayCents: toWire(toPay) })),
      accruing: {
        ...accruing, grossCents: toWire(gross), feeCents: toWire(fee), vatCents: toWire(vat), commonsCents: toWire(commons),
        netCents: toWire(net),
      },
      held: { lines: held.lines, grossCents: toWire(held.gross) }, owingCents: toWire(owing),
    };
  }
}
