import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta, type Page } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { placeOf } from '../id-cursor.js';
import { ListRefunds, REFUND_STATES, REFUND_WAYS, RequestRefunds, type RefundScope, type RefundView } from './refunds.commands.js';

const body = z.strictObject({
  statementId: idIn('contradictoryStatement').optional(), programmeId: idIn('programme').optional(), payerId: idIn('payer').optional(),
});
const way = z.enum(REFUND_WAYS).describe('stripe: back to the card that paid');
const requested = z.strictObject({
  refunds: z.array(z.strictObject({ refundId: idText('refund'), payerId: idText('payer'), amountCents: z.int(), way })), currency: z.literal('EUR'),
});
const shown = z.strictObject({
  refundId: idText('refund'), payerId: idText('payer'), payerName: z.string(), statementId: idText('contradictoryStatement').nullable(),
  programmeId: idText('programme').nullable(), orderId: idText('order').nullable().describe('that was cancelled'), amountCents: z.int(), currency: z.literal('EUR'), requestedAt: z.iso.datetime(),
  way, state: z.enum(REFUND_STATES), paidOn: z.string().nullable(), reasonCode: z.string().nullable(),
});
const listQuery = pageQuery.extend({ payerId: idIn('payer').optional() });

@Controller('issuance/refunds')
export class RefundsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Order money back to payers: the shares of a signed statement, of all its payers or of one; or a payer\'s unused cover of an ended programme',
    who: ['operator'], freshSecondFactor: true, body, answer: requested, status: 201,
    refusals: ['payer_not_found', 'programme_not_found', 'statement_not_found', 'statement_not_signed', 'claims_open', 'nothing_to_refund'],
  })
  async request(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof requested>> {
    const outcome = await this.commands.execute(new RequestRefunds(scopeOf(parse(body, asked)), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      currency: 'EUR',
      refunds: outcome.refunds.map(({ refundId, payerId, ...refund }) =>
        ({ ...refund, refundId: idOut('refund', refundId), payerId: idOut('payer', payerId) })),
    };
  }

  @Get()
  @Api({ summary: 'Refunds and what became of them, newest first: a payer\'s own, or all', who: ['payer', 'operator', 'auditor'], query: listQuery, answer: pageAnswer(shown) })
  async list(@Query() query: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, payerId = null } = parse(listQuery, query);
    const own = payerOf(caller);
    const rows = own !== null && payerId !== null && payerId !== own ? []
      : await this.queries.execute(new ListRefunds({ payerId: own ?? payerId, before: placeOf('refund', cursor), rowsMax: limit + 1 }));
    return pageOf(rows, limit, ({ refundId }) => [refundId], show);
  }
}

function scopeOf({ statementId, programmeId, payerId }: z.output<typeof body>): RefundScope {
  if (statementId && !programmeId) return { statementId, payerId: payerId ?? null };
  if (programmeId && payerId && !statementId) return { programmeId, payerId };
  throw new Problem('request_malformed', [{ path: '', message: 'expected statementId, or programmeId with payerId' }]);
}

const show = ({
  refundId, payerId, statementId, programmeId, orderId, amount, requestedAt, ...refund
}: RefundView): z.output<typeof shown> => ({
  ...refund, refundId: idOut('refund', refundId), payerId: idOut('payer', payerId),
  statementId: statementId && idOut('contradictoryStatement', statementId), programmeId: programmeId && idOut('programme', programmeId), orderId: orderId && idOut('order', orderId),
  amountCents: toWire(amount), currency: 'EUR', requestedAt: requestedAt.toISOString(),
});
