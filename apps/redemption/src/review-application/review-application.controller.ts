import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { communeIn } from '#libs/sirene';
import { APPLICATION_STATES } from '../application.decision.js';
import { EXPLANATION_LENGTH_MAX } from '../limits.js';
import { DecideApplication, TakeUpApplication, type GivenVerdict, type ReviewedApplication } from './review-application.command.js';

const nothing = z.strictObject({});
const verdict = z.strictObject({
  outcome: z.enum(['more_info', 'provisional', 'accredited', 'refused']),
  explanation: textIn(EXPLANATION_LENGTH_MAX).describe('the place reads it'),
  from: dayIn.optional().describe('first day of services; a renewal begins where the accreditation before it began'),
  to: dayIn.optional().describe('last day of services; provisional: at most a year'),
  services: z.array(z.enum(SERVICE_CODES)).min(1).max(SERVICE_CODES.length).refine((codes) => new Set(codes).size === codes.length, 'a service twice')
    .optional().describe('without it: every service'),
  inseeCode: communeIn.optional(),
}).refine(({ outcome, from, to, services, inseeCode }) => (outcome === 'provisional' || outcome === 'accredited'
  ? from !== undefined && to !== undefined && to >= from : [from, to, services, inseeCode].every((field) => field === undefined)),
'expected from and to, in this order, where it accredits, and nothing about an accreditation where it does not');
const reviewed = z.strictObject({
  applicationId: idText('application'), state: z.enum(APPLICATION_STATES),
  accreditation: z.strictObject({ accreditationVersion: z.int(), from: z.string(), to: z.string() }).nullable(),
});

@Controller('redemption/applications')
export class ReviewApplicationController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/review')
  @HttpCode(200)
  @Api({
    summary: 'Take up a submitted application', who: ['operator'], body: nothing, answer: reviewed,
    refusals: ['application_not_found', 'application_not_submitted'],
  })
  async takeUp(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof reviewed>> {
    parse(nothing, asked);
    return show(await this.commands.execute(new TakeUpApplication(parse(idIn('application'), id), meta)));
  }

  @Post(':id/decisions')
  @HttpCode(200)
  @Api({
    summary: 'Accredit the place that applied, for good or for a while, refuse it, or ask for more', who: ['operator'], body: verdict,
    answer: reviewed,
    refusals: [
      'application_not_found', 'application_not_reviewed', 'answer_eliminates', 'score_below_threshold', 'provisional_too_long',
      'place_without_siret', 'place_outside_territory', 'place_commune_unknown', 'place_commune_differs', 'departure_stands',
    ],
  })
  async decide(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof reviewed>> {
    const { services = [], inseeCode = null, ...given } = parse(verdict, asked);
    const decided = { ...given, services, inseeCode, applicationId: parse(idIn('application'), id) } as GivenVerdict;
    return show(await this.commands.execute(new DecideApplication(decided, meta)));
  }
}

function show(outcome: ReviewedApplication | Rejected): z.output<typeof reviewed> {
  if (isRejected(outcome)) throw new Problem(outcome);
  const { applicationId, state, accreditation } = outcome;
  return {
    applicationId: idOut('application', applicationId), state,
    accreditation: accreditation && { accreditationVersion: accreditation.version, from: accreditation.from, to: accreditation.to },
  };
}
