import { Controller, Get, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, idIn, idOut, idText, parse, textIn } from '#libs/http';
import { CitizenGuard } from '../citizen-guard/citizen-guard.js';
import { FindPlaces, type PlaceToGo } from './find-places.query.js';

const query = z.strictObject({
  where: textIn(100).optional().describe('a commune or a postal code, or the whole name of a place'), programmeId: idIn('programme').optional(),
});
const shown = z.strictObject({
  placeId: idText('place'), name: z.string(), siteName: z.string(), street: z.string().nullable(), complement: z.string().nullable(),
  postalCode: z.string().nullable(), commune: z.string().nullable(), telephone: z.string().nullable(), website: z.string().nullable(),
  appointmentPage: z.string().nullable(), accessibilityPage: z.string().nullable(),
  latitude: z.number().nullable(), longitude: z.number().nullable(),
  distanceKm: z.number().nullable().describe('as the crow flies, from the middle of what was asked for'),
  openingHours: z.strictObject({
    text: z.string().describe('as its file has it'),
    state: z.enum(['open', 'closed', 'unknown']).nullable().describe('now, by the clock of the place; null: the text is for people only'),
    nextChange: z.string().nullable().describe('instant, UTC'), timeZone: z.string(),
  }).nullable(),
  programmes: z.array(z.strictObject({
    programmeId: idText('programme'), name: z.string(), services: z.array(z.enum(SERVICE_CODES)).describe('empty: every service'),
  })),
});
type Shown = z.output<typeof shown>;
const answer = z.strictObject({ items: z.array(shown).describe('the nearest first, within 20 km') });
const ONE_QUESTION = 1;

@Controller('redemption/accredited-places')
export class FindPlacesController {
  constructor(private readonly queries: QueryBus, private readonly guard: CitizenGuard) {}

  @Get()
  @Api({
    summary: 'Where vouchers are taken today, near a commune or a postal code', who: 'anyone', query, answer, refusals: ['too_many_questions'],
  })
  async find(@Query() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof answer>> {
    const { where = null, programmeId = null } = parse(query, asked);
    const places = await this.guard.around(request, ONE_QUESTION, () => this.queries.execute(new FindPlaces(where, programmeId)));
    return { items: places.map(show) };
  }
}

const show = ({ placeId, inseeCode: _, at: __, timeZone, openingHours, hours, distanceKm, programmes, ...place }: PlaceToGo): Shown => ({
  ...place, placeId: idOut('place', placeId), distanceKm: distanceKm === null ? null : Math.round(distanceKm * 10) / 10,
  openingHours: openingHours === null ? null
    : { text: openingHours, state: hours?.state ?? null, nextChange: hours?.nextChange?.toISOString() ?? null, timeZone },
  programmes: programmes.map(({ programmeId, ...rest }) => ({ ...rest, programmeId: idOut('programme', programmeId) })),
});
