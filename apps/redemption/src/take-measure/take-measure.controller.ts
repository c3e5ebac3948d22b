import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { MEASURE_REASONS } from '#libs/contracts';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { EXPLANATION_LENGTH_MAX } from '../limits.js';
import type { MeasureKind } from '../measure.decision.js';
import { TakeMeasure } from './take-measure.command.js';

const body = z.strictObject({
  programmeId: idIn('programme').optional().describe('without it: every programme that the place was accredited for'),
  from: dayIn.optional().describe('services of this day or later are refused; without it: today at the site'),
  reason: z.enum(MEASURE_REASONS),
  explanation: textIn(EXPLANATION_LENGTH_MAX).describe('the place reads it, and may appeal'),
});
const taken = z.strictObject({
  placeId: idText('place'), from: z.string(),
  measures: z.array(z.strictObject({ measureId: idText('measure'), programmeId: idText('programme') })),
});
const REFUSED = ['place_not_found', 'measure_day_past', 'place_never_accredited', 'measure_taken'];

@Controller('redemption/places')
export class TakeMeasureController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/suspensions')
  @HttpCode(201)
  @Api({
    summary: 'Suspend a place: services from a day on are refused, earlier ones are taken for 30 days more and held', who: ['operator'],
    body, answer: taken, status: 201, refusals: REFUSED,
  })
  suspend(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof taken>> {
    return this.take('suspension', { id, asked, meta });
  }

  @Post(':id/withdrawals')
  @HttpCode(201)
  @Api({
    summary: 'Withdraw the accreditation of a place; only another accreditation or an appeal ends that', who: ['operator'],
    body, answer: taken, status: 201, refusals: REFUSED,
  })
  withdraw(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof taken>> {
    return this.take('withdrawal', { id, asked, meta });
  }

  private async take(
    kind: MeasureKind, { id, asked, meta }: Readonly<{ id: string; asked: unknown; meta: HttpMeta }>,
  ): Promise<z.output<typeof taken>> {
    const { programmeId = null, from = null, ...why } = parse(body, asked);
    const outcome = await this.commands.execute(new TakeMeasure({ kind, placeId: parse(idIn('place'), id), programmeId, from, ...why }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      placeId: idOut('place', outcome.placeId), from: outcome.from,
      measures: outcome.measures.map(({ measureId, programmeId: of }) => ({ measureId: idOut('measure', measureId), programmeId: idOut('programme', of) })),
    };
  }
}
