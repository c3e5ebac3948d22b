import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { CancelAuthorisation } from './cancel-authorisation.command.js';

const cancelled = z.strictObject({
  authorisationId: idText('authorisation'), amountCents: z.int().describe('what it held'), currency: z.literal('EUR'),
  cancelledAt: z.string().describe('instant, UTC'),
});

@Controller('redemption/authorisations')
export class CancelAuthorisationController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/cancel')
  @HttpCode(200)
  @Api({
    summary: 'Give an authorisation up: what it held is free at once, and it is confirmed no more',
    who: ['till'], answer: cancelled, once: true, refusals: ['authorisation_not_found', 'authorisation_confirmed'],
  })
  async cancel(@Param('id') id: string, @Meta() meta: HttpMeta): Promise<z.output<typeof cancelled>> {
    const outcome = await this.commands.execute(
      new CancelAuthorisation(parse(idIn('authorisation'), id), placeOf(meta.caller), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, authorisationId: idOut('authorisation', outcome.authorisationId), currency: 'EUR' };
  }
}
