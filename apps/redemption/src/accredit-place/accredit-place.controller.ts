import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { communeIn } from '#libs/sirene';
import { AccreditPlace } from './accredit-place.command.js';

const body = z.strictObject({
  programmeId: idIn('programme'),
  from: dayIn.describe('first day of services'),
  to: dayIn.describe('last day of services'),
  services: z.array(z.enum(SERVICE_CODES)).min(1).max(SERVICE_CODES.length).refine((codes) => new Set(codes).size === codes.length, 'a service twice')
    .optional().describe('what the place may take vouchers for; without it: every service'),
  inseeCode: communeIn.optional().describe('the commune of a place whose commune no published file says'),
}).refine(({ from, to }) => to >= from, { path: ['to'], message: 'expected a day on or after from' });
const answer = z.strictObject({
  placeId: idText('place'), programmeId: idText('programme'), accreditationVersion: z.int(), from: z.string(), to: z.string(),
  services: z.array(z.enum(SERVICE_CODES)),
});

@Controller('redemption/places/:id/accreditations')
export class AccreditPlaceController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Accredit a place for a programme between two days', who: ['operator'], body, answer, status: 201,
    refusals: [
      'place_not_found', 'place_without_siret', 'programme_not_found', 'place_outside_territory', 'place_commune_unknown',
      'place_commune_differs', 'departure_stands',
    ],
  })
  async accredit(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const { inseeCode = null, services = [], ...days } = parse(body, asked);
    const outcome = await this.commands.execute(new AccreditPlace({ placeId: parse(idIn('place'), id), ...days, services, inseeCode }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { placeId, programmeId, version, from, to } = outcome;
    return { placeId: idOut('place', placeId), programmeId: idOut('programme', programmeId), accreditationVersion: version, from, to, services: [...outcome.services] };
  }
}
