import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { TILL_DOOR_REFUSALS } from '../refusals.js';
import { TillGuard } from '../till-limits/till-guard.js';
import { CancelAuthorisation } from './cancel-authorisation.command.js';

const cancelled = z.strictObject({
  authorisationId: idText('authorisation'), amountCents: z.int().describe('what it held'), currency: z.literal('EUR'),
  cancelledAt: z.string().describe('instant, UTC'),
});

@Controller('redemption/authorisations')
export class CancelAuthorisationController {
  constructor(private readonly commands: CommandBus, private readonly guard: TillGuard) {}

  @Post(':id/cancel')
  @HttpCode(200)
  @Api({
    summary: 'Give an authorisation up: what it held is free at once, and it is confirmed no more',
    who: ['till'], answer: cancelled, once: true, headers: DEVICE_HEADERS,
    refusals: [...TILL_DOOR_REFUSALS, 'authorisation_not_found', 'authorisation_confirmed'],
  })
  async cancel(
    @Param('id') id: string, @Meta() meta: HttpMeta, @Req() request: FastifyRequest,
  ): Promise<z.output<typeof cancelled>> {
    const authorisationId = parse(idIn('authorisation'), id);
    const outcome = await this.guard.around(meta.caller, request, (till) =>
      this.commands.execute(new CancelAuthorisation(authorisationId, till, meta)));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, authorisationId: idOut('authorisation', outcome.authorisationId), currency: 'EUR' };
  }
}
