import { Body, Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { cents, idOf, isRejected } from '#libs/kernel';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { HOLD_MINUTES_MAX } from '../limits.js';
import { CodeHasher } from '../redeem-voucher/code-hasher.js';
import { codeOf, declaredOf, placeOf, redeemVoucherBody, tillKeyOf } from '../redeem-voucher/redeem-voucher.request.js';
import { TILL_DOOR_REFUSALS, TILL_REFUSALS } from '../refusals.js';
import { Collector, orUnavailable } from '../till/collector.js';
import { signedOn, TillGuard } from '../till-limits/till-guard.js';
import { authorisationAnswer, authorisationView } from './authorisation-view.js';

const body = redeemVoucherBody.extend({
  holdMinutes: z.int().min(1).max(HOLD_MINUTES_MAX).default(HOLD_MINUTES_MAX).describe('for how long nobody else may take it'),
});
const MINUTE_MS = 60_000;

@Controller('redemption/authorisations')
export class AuthoriseRedemptionController {
  constructor(private readonly collector: Collector, private readonly hasher: CodeHasher, private readonly guard: TillGuard) {}

  @Post()
  @Api({
    summary: 'Hold an amount of a voucher, to be confirmed or cancelled; the Idempotency-Key is a UUIDv7 and becomes the id of the authorisation and of its redemption',
    who: ['till'], body, answer: authorisationAnswer, status: 201, headers: DEVICE_HEADERS,
    refusals: [...TILL_DOOR_REFUSALS, ...TILL_REFUSALS, 'idempotency_key_reused'],
  })
  async authorise(
    @Body() asked: unknown, @Meta() meta: HttpMeta, @Req() request: FastifyRequest,
  ): Promise<z.output<typeof authorisationAnswer>> {
    const redemptionId = idOf('redemption', tillKeyOf(meta.key));
    const { code, serviceDate, amountCents, coPaymentCents, holdMinutes, ...said } = parse(body, asked);
    const attempt = {
      redemptionId, codeMacs: this.hasher.macsOf(codeOf(code, 'code')), placeId: placeOf(meta.caller), serviceDate,
      ...(amountCents !== undefined && { amount: amountCents }), coPayment: cents(coPaymentCents), declared: declaredOf(said),
      correlationId: meta.correlationId, step: { kind: 'authorise', holdMs: holdMinutes * MINUTE_MS },
    } as const;
    const outcome = await this.guard.around(meta.caller, request, (till) => orUnavailable(this.collector.submit(signedOn(attempt, till))));
    if (isRejected(outcome)) throw new Problem(outcome);
    return authorisationView(outcome);
  }
}
