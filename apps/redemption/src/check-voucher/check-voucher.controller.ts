import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, Caller, idOut, idText, parse, Problem } from '#libs/http';
import { idOf, isRejected, toWire, ZERO } from '#libs/kernel';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { CodeHasher } from '../redeem-voucher/code-hasher.js';
import { codeOf, placeOf, serviceFields, voucherFields } from '../redeem-voucher/redeem-voucher.request.js';
import { TILL_DOOR_REFUSALS, TILL_REFUSALS } from '../refusals.js';
import { Collector, orUnavailable } from '../till/collector.js';
import { signedOn, TillGuard } from '../till-limits/till-guard.js';

const body = z.strictObject({
  code: voucherFields.code, serviceDate: serviceFields.serviceDate, service: serviceFields.service,
  amountCents: voucherFields.amountCents.describe('of a voucher with a balance; without it: can anything be taken?'),
});
const answer = z.strictObject({
  programmeId: idText('programme'), batchId: idText('batch'), kind: z.enum(['unit', 'balance']), faceCents: z.int(),
  availableCents: z.int().describe('what is left and not held'), takeableCents: z.int().describe('of that, what one redemption may take'),
  currency: z.literal('EUR'), usableUntil: z.string().describe('last day of service, YYYY-MM-DD'),
  claimableUntil: z.string().describe('last day to redeem it, YYYY-MM-DD'),
  services: z.array(z.enum(SERVICE_CODES)).describe('what it is for; empty: everything'),
  heldUntil: z.string().optional().describe('instant, UTC; until then an authorisation holds a part of it'),
});
/** A check is decided under no key: nothing is stored that could be told again. */
const NO_KEY = idOf('redemption', '00000000-0000-0000-0000-000000000000');

/**
 * The answer of a redemption without one. It goes the way of every redemption, through the collector, so that it costs a
 * stranger as much and tells as little: unknown, not activated and foreign codes meet the same statements and the same body.
 */
@Controller('redemption/checks')
export class CheckVoucherController {
  constructor(private readonly collector: Collector, private readonly hasher: CodeHasher, private readonly guard: TillGuard) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'Would this voucher be taken here today for this service, and what is left on it? Nothing is used, held or stored',
    who: ['till'], body, answer, once: false, headers: DEVICE_HEADERS, refusals: [...TILL_DOOR_REFUSALS, ...TILL_REFUSALS],
  })
  async check(@Body() asked: unknown, @Caller() caller: Principal, @Req() request: FastifyRequest): Promise<z.output<typeof answer>> {
    const { code, serviceDate, service, amountCents } = parse(body, asked);
    const question = {
      redemptionId: NO_KEY, codeMacs: this.hasher.macsOf(codeOf(code, 'code')), placeId: placeOf(caller), serviceDate, coPayment: ZERO,
      correlationId: '', step: { kind: 'check' }, declared: { ...(service && { service }) },
      ...(amountCents !== undefined && { amount: amountCents }),
    } as const;
    const outcome = await this.guard.around(caller, request, (till) => orUnavailable(this.collector.submit(signedOn(question, till))));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { batch, free, takeable, heldUntil } = outcome;
    return {
      programmeId: idOut('programme', batch.programmeId), batchId: idOut('batch', batch.id), kind: batch.unit ? 'unit' : 'balance',
      faceCents: toWire(batch.face), availableCents: toWire(free), takeableCents: toWire(takeable), currency: 'EUR',
      usableUntil: batch.usableUntil, claimableUntil: batch.claimableUntil, services: [...batch.services],
      ...(heldUntil && { heldUntil: heldUntil.toISOString() }),
    };
  }
}
