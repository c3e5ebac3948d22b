import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, idOut, idText, pageAnswer, pageOf, pageQuery, parse, textIn, type Page } from '#libs/http';
import { placeOf } from '../id-cursor.js';
import type { PlaceView } from './place-view.store.js';
import { ListPlaces } from './show-places.query.js';

const query = pageQuery.extend({
  search: textIn(100).optional().describe('part of the name, or all of commune, postal code, INSEE code or SIRET'),
  accreditable: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
});
const shown = z.strictObject({
  placeId: idText('place'), siret: z.string().nullable(), name: z.string(),
  accreditable: z.boolean().describe('has a SIRET, so that somebody can be paid for it'),
  street: z.string().nullable(), postalCode: z.string().nullable(), commune: z.string().nullable(), inseeCode: z.string().nullable(),
  site: z.strictObject({ siteId: idText('site'), name: z.string(), timeZone: z.string() }),
  accreditations: z.array(z.strictObject({
    programmeId: idText('programme'), accreditationVersion: z.int(), from: z.string(), to: z.string(),
    services: z.array(z.enum(SERVICE_CODES)).describe('empty: every service'),
  })),
});

@Controller('redemption/places')
export class ShowPlacesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Places with their accreditations, newest first', who: ['operator', 'auditor'], query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, search = null, accreditable = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListPlaces({ before: placeOf('place', cursor), rowsMax: limit + 1, search, accreditable }));
    return pageOf(rows, limit, ({ placeId }) => [placeId], show);
  }
}

const show = ({ placeId, siteId, siteName, timeZone, accreditations, ...place }: PlaceView): z.output<typeof shown> => ({
  placeId: idOut('place', placeId), ...place, accreditable: place.siret !== null, site: { siteId: idOut('site', siteId), name: siteName, timeZone },
  accreditations: accreditations.map(({ programmeId, version, ...accreditation }) =>
    ({ programmeId: idOut('programme', programmeId), accreditationVersion: version, ...accreditation })),
});
