import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, idOut, idText, parse, Problem } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { CitizenGuard } from '../citizen-guard/citizen-guard.js';
import { RECEIPT_COST } from '../limits.js';
import { VOUCHER_STATES } from '../look-up-voucher/look-up-voucher.decision.js';
import { CodeHasher } from '../redeem-voucher/code-hasher.js';
import { codeOf, voucherFields } from '../redeem-voucher/redeem-voucher.request.js';
import { ShowReceipt } from './show-receipt.query.js';

const body = z.strictObject({ code: voucherFields.code });
const answer = z.strictObject({
  redemptionId: idText('redemption').describe('the receipt\'s number; the place has the same'),
  placeName: z.string(), commune: z.string().nullable(), programmeName: z.string().nullable(), service: z.enum(SERVICE_CODES).nullable(),
  serviceDate: z.string(), redeemedAt: z.iso.datetime(), amountCents: z.int(), coPaymentCents: z.int().describe('paid beside the voucher'), currency: z.literal('EUR'),
  leftAfterCents: z.int().describe('on the voucher right after this use'), undoneOn: z.string().nullable().describe('taken back whole on this day'),
  state: z.enum(VOUCHER_STATES), kind: z.enum(['unit', 'balance']), availableCents: z.int().describe('what can be used now'), usableUntil: z.string(),
});

/**
 * For whoever holds a voucher, without an account, as looking it up is. It names the place of the last use, which looking up does not: it
 * is asked for by itself, and costs more of an address's questions (ADR 0082).
 */
@Controller('redemption/voucher-receipts')
export class ShowReceiptController {
  constructor(private readonly queries: QueryBus, private readonly hasher: CodeHasher, private readonly guard: CitizenGuard) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'The receipt of a voucher\'s last use: what for, where, when, how much, and what is left; limited by where the caller sits',
    who: 'anyone', body, answer, refusals: ['too_many_questions', 'voucher_not_found', 'voucher_without_use'],
  })
  async show(@Body() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof answer>> {
    const code = codeOf(parse(body, asked).code, 'code');
    const outcome = await this.guard.around(request, RECEIPT_COST, () => this.queries.execute(new ShowReceipt(this.hasher.macsOf(code))));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { use: { redemptionId, redeemedAt, amount, coPayment, leftAfter, ...use }, lookedUp: { state, available, voucher } } = outcome;
    return {
      ...use, redemptionId: idOut('redemption', redemptionId), redeemedAt: redeemedAt.toISOString(), amountCents: toWire(amount), coPaymentCents: toWire(coPayment),
      currency: 'EUR', leftAfterCents: toWire(leftAfter), programmeName: voucher.programmeName, state, kind: voucher.unit ? 'unit' : 'balance',
      availableCents: toWire(available), usableUntil: voucher.usableUntil,
    };
  }
}
