import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Api, Meta, type HttpMeta } from '#libs/http';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { CodeHasher } from '../redeem-voucher/code-hasher.js';
import { TILL_DOOR_REFUSALS } from '../refusals.js';
import { Collector } from '../till/collector.js';
import type { TillAttempt } from '../till/fold-batch.decision.js';
import { signedOn, TillGuard } from '../till-limits/till-guard.js';
import type { Till } from '../till-limits/till-limits.js';
import { receiptOf, sessionReceipt, type SessionReceipt } from './redeem-session.receipt.js';
import { redeemSessionBody, sessionOf } from './redeem-session.request.js';

/** A workshop goes the way of every redemption, through the collector: each of its lines is one of the next batch's items. */
@Controller('redemption/sessions')
export class RedeemSessionController {
  constructor(private readonly collector: Collector, private readonly hasher: CodeHasher, private readonly guard: TillGuard) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'Redeem the vouchers of a workshop, each line for itself; the Idempotency-Key is a UUIDv7 and becomes the session\'s id',
    who: ['till'], body: redeemSessionBody, answer: sessionReceipt,
    refusals: TILL_DOOR_REFUSALS, headers: DEVICE_HEADERS,
  })
  async redeem(@Body() body: unknown, @Meta() meta: HttpMeta, @Req() request: FastifyRequest): Promise<SessionReceipt> {
    const till = await this.guard.admit(meta.caller, request);
    const session = sessionOf(body, meta, this.hasher);
    const answers = await this.collector.submitAll(session.attempts.map((attempt) => allSignedOn(attempt, till)));
    this.guard.note(till, answers);
    return receiptOf(session, answers);
  }
}

/** A signature is that of the request, and so of every voucher of a line. */
function allSignedOn(attempt: TillAttempt, till: Till): TillAttempt {
  const { step } = attempt;
  const others = step?.kind === 'together' && step.others.map((other) => signedOn(other, till));
  return signedOn({ ...attempt, ...(others && { step: { kind: 'together', others } }) }, till);
}
