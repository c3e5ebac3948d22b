import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta, type Page,
} from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { MatchByHand } from '../match-receipt/match-receipt.command.js';
import { MATCH_OUTCOMES } from '../match-receipt/match-receipt.decision.js';
import { CANDIDATE_REASONS } from '../match-receipt/payer-match.decision.js';
import { ListUnmatched, type WorkListCredit } from './list-unmatched.query.js';

const shown = z.strictObject({
  bankLineId: idText('bankLine'), bookedOn: z.string(), amountCents: z.int(), leftCents: z.int(), currency: z.literal('EUR'),
  references: z.array(z.string()), endToEndId: z.string().nullable(),
  outcome: z.enum(MATCH_OUTCOMES).describe('what the automatic match made of it'),
  setAside: z.strictObject({ reason: z.string(), at: z.iso.datetime() }).nullable(),
  candidates: z.array(z.strictObject({
    orderId: idText('order'), payerId: idText('payer'), reference: z.string(), dueCents: z.int(), placedOn: z.string(),
    why: z.array(z.enum(CANDIDATE_REASONS)).describe('what of the credit points to this share, the strongest first'),
  })).describe('open shares that it may be for, the likeliest first'),
});
const query = pageQuery.extend({ setAside: z.enum(['true', 'false']).optional().describe('true: those that were set aside, instead of the others') });
const body = z.strictObject({
  orderId: idIn('order'),
  payerId: idIn('payer').optional().describe('whose share it pays; needed where the order has several payers'),
});
const matched = z.strictObject({
  bankLineId: idText('bankLine'), orderId: idText('order'), payerId: idText('payer'), amountCents: z.int(),
  currency: z.literal('EUR'),
});

@Controller('issuance/credits')
export class CreditsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get('unmatched')
  @Api({
    summary: 'Bank credits of which something is not matched to an order, oldest first', who: ['operator', 'auditor'],
    query, answer: pageAnswer(shown),
  })
  async list(@Query() given: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, setAside } = parse(query, given);
    const rows = await this.queries.execute(new ListUnmatched({ after: placeOf('bankLine', cursor), rowsMax: limit + 1, setAside: setAside === 'true' }));
    return pageOf(rows, limit, ({ bankLineId }) => [bankLineId], show);
  }

  @Post(':id/matches')
  @HttpCode(201)
  @Api({
    summary: 'Say whose share of which order a credit pays: its rest, up to what the share still asks', who: ['operator'],
    body, answer: matched, status: 201,
    refusals: [
      'receipt_not_found', 'order_not_found', 'order_cancelled', 'share_not_found', 'share_not_named', 'other_custody_account',
      'order_fully_funded', 'receipt_used_up',
    ],
  })
  async match(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof matched>> {
    const [bankLineId, { orderId, payerId = null }] = [parse(idIn('bankLine'), id), parse(body, asked)];
    const outcome = await this.commands.execute(new MatchByHand({ bankLineId, orderId, payerId }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      ...outcome, bankLineId: idOut('bankLine', outcome.bankLineId), orderId: idOut('order', outcome.orderId),
      payerId: idOut('payer', outcome.payerId),
    };
  }
}

const show = (
  { bankLineId, amount, left, references, custodyAccountId: _, setAside, candidates, ...credit }: WorkListCredit,
): z.output<typeof shown> => ({
  ...credit, bankLineId: idOut('bankLine', bankLineId), amountCents: toWire(amount), leftCents: toWire(left),
  currency: 'EUR', references: [...references], setAside: setAside && { reason: setAside.reason, at: new Date(setAside.at).toISOString() },
  candidates: candidates.map(({ orderId, payerId, reference, due, placedOn, why }) => ({
    orderId: idOut('order', orderId), payerId: idOut('payer', payerId), reference, dueCents: toWire(due), placedOn, why: [...why],
  })),
});
