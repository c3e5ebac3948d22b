import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { EXPLANATION_LENGTH_MAX } from '../limits.js';
import { ReinstatePlace } from './reinstate-place.command.js';

const body = z.strictObject({
  programmeId: idIn('programme').optional().describe('without it: every programme for which the place is suspended'),
  explanation: textIn(EXPLANATION_LENGTH_MAX).describe('the place reads it'),
});
const reinstated = z.strictObject({ placeId: idText('place'), measureIds: z.array(idText('measure')) });

@Controller('redemption/places')
export class ReinstatePlaceController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/reinstatements')
  @HttpCode(201)
  @Api({
    summary: 'End the suspension of a place from today on; what was refused meanwhile stays so, what was held waits for its review',
    who: ['operator'], body, answer: reinstated, status: 201, refusals: ['place_not_found', 'place_not_suspended'],
  })
  async reinstate(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof reinstated>> {
    const { programmeId = null, explanation } = parse(body, asked);
    const outcome = await this.commands.execute(new ReinstatePlace({ placeId: parse(idIn('place'), id), programmeId, explanation }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { placeId: idOut('place', outcome.placeId), measureIds: outcome.measureIds.map((measureId) => idOut('measure', measureId)) };
  }
}
