import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { amountIn, Api, idIn, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected, reject } from '#libs/kernel';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { redemptionAnswer, viewOf, type RedemptionView } from '../redemption-view.js';
import { RedemptionWork } from '../redemption.work.js';
import { TILL_DOOR_REFUSALS, TILL_REFUSALS } from '../refusals.js';
import { Collector, orUnavailable } from '../till/collector.js';
import { signedOn, TillGuard } from '../till-limits/till-guard.js';
import { readAuthorised } from './authorised.store.js';

const body = z.strictObject({ amountCents: amountIn.optional().describe('less than what was authorised; without it, all of that') });

/** A confirmation is a redemption: the collector makes it, as every other. */
@Controller('redemption/authorisations')
export class ConfirmRedemptionController {
  constructor(private readonly collector: Collector, private readonly work: RedemptionWork, private readonly guard: TillGuard) {}

  @Post(':id/confirm')
  @Api({
    summary: 'Redeem what was authorised, or less, by the rules of this moment; after heldUntil too, while the voucher is still free',
    who: ['till'], body, answer: redemptionAnswer, status: 201, headers: DEVICE_HEADERS,
    refusals: [
      ...TILL_DOOR_REFUSALS, 'authorisation_not_found', 'authorisation_confirmed', 'authorisation_cancelled', 'amount_over_authorised',
      ...TILL_REFUSALS,
    ],
  })
  async confirm(
    @Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta, @Req() request: FastifyRequest,
  ): Promise<RedemptionView> {
    const authorisationId = parse(idIn('authorisation'), id);
    const { amountCents } = parse(body, asked);
    const authorised = await readAuthorised(this.work.client, authorisationId);
    if (!authorised || authorised.placeId !== placeOf(meta.caller)) throw new Problem(reject('authorisation_not_found'));
    const { amount, ...rest } = authorised;
    const attempt = {
      ...rest, redemptionId: idOf('redemption', authorisationId), ...(amountCents !== undefined && { amount: amountCents }),
      correlationId: meta.correlationId, step: { kind: 'confirm', key: idOf('redemption', meta.key), authorised: amount },
    } as const;
    const outcome = await this.guard.around(meta.caller, request, (till) => orUnavailable(this.collector.submit(signedOn(attempt, till))));
    if (isRejected(outcome)) throw new Problem(outcome);
    return viewOf(outcome);
  }
}
