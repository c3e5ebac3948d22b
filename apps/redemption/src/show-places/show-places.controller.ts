import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, idIn, idOut, idText, instantIn, pageAnswer, pageOf, pageQuery, parse, textIn, type Page } from '#libs/http';
import { placeOf } from '../id-cursor.js';
import type { HoursAt } from './opening-hours.js';
import { ListPlaces, type ShownPlace } from './show-places.query.js';

const query = pageQuery.extend({
  search: textIn(100).optional().describe('part of the name, or all of commune, postal code, INSEE code or SIRET'),
  accreditable: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
  placeId: idIn('place').optional(),
  at: instantIn.optional().describe('the moment for which opening hours are told; now without it'),
});
const shown = z.strictObject({
  placeId: idText('place'), siret: z.string().nullable(), name: z.string(),
  accreditable: z.boolean().describe('has a SIRET, so that somebody can be paid for it'),
  street: z.string().nullable(), postalCode: z.string().nullable(), commune: z.string().nullable(), inseeCode: z.string().nullable(),
  site: z.strictObject({ siteId: idText('site'), name: z.string(), timeZone: z.string() }),
  openingHours: z.strictObject({
    text: z.string().describe('as the file has it'),
    understood: z.boolean().describe('false: only a person can read the text; hours of the sun and school holidays are not told'),
    at: z.iso.datetime(), state: z.enum(['open', 'closed', 'unknown']).nullable().describe('at that moment, by the clock of the place; unknown: see comment'),
    comment: z.string().nullable(), nextChange: z.iso.datetime().nullable().describe('null: none within a year'),
    publicHoliday: z.boolean().nullable().describe('whether it is one there; a text that does not speak of holidays may not have thought of them'),
  }).nullable().describe('null: no file says any'),
  accreditations: z.array(z.strictObject({
    programmeId: idText('programme'), accreditationVersion: z.int(), from: z.string(), to: z.string(),
    services: z.array(z.enum(SERVICE_CODES)).describe('empty: every service'),
  })),
});

type Shown = z.output<typeof shown>;

@Controller('redemption/places')
export class ShowPlacesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Places with their accreditations, newest first', who: ['operator', 'auditor'], query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown): Promise<Page<Shown>> {
    const { limit, cursor, search = null, placeId = null, accreditable = null, at = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListPlaces({ before: placeOf('place', cursor), rowsMax: limit + 1, search, placeId, accreditable, at }));
    return pageOf(rows, limit, ({ placeId }) => [placeId], show);
  }
}

const show = ({ placeId, siteId, siteName, timeZone, openingHours, at, hours, accreditations, ...place }: ShownPlace): Shown => ({
  placeId: idOut('place', placeId), ...place, accreditable: place.siret !== null, site: { siteId: idOut('site', siteId), name: siteName, timeZone },
  openingHours: openingHours === null ? null : showHours(openingHours, at, hours),
  accreditations: accreditations.map(({ programmeId, version, ...accreditation }) =>
    ({ programmeId: idOut('programme', programmeId), accreditationVersion: version, ...accreditation })),
});

const showHours = (text: string, at: Date, hours: HoursAt | undefined): Shown['openingHours'] => ({
  text, understood: hours !== undefined, at: at.toISOString(), state: hours?.state ?? null, comment: hours?.comment ?? null,
  nextChange: hours?.nextChange?.toISOString() ?? null, publicHoliday: hours?.isPublicHoliday ?? null,
});
