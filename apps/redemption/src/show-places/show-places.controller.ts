import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { placeOf } from '../id-cursor.js';
import type { PlaceView } from './place-view.store.js';
import { ListPlaces } from './show-places.query.js';

const shown = z.strictObject({
  placeId: idText('place'), siret: z.string(), name: z.string(),
  site: z.strictObject({ siteId: idText('site'), name: z.string(), timeZone: z.string() }),
  accreditations: z.array(z.strictObject({ programmeId: idText('programme'), accreditationVersion: z.int(), from: z.string(), to: z.string() })),
});

@Controller('redemption/places')
export class ShowPlacesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Places with their accreditations, newest first', who: ['operator', 'auditor'], query: pageQuery, answer: pageAnswer(shown) })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListPlaces(placeOf('place', cursor), limit + 1));
    return pageOf(rows, limit, ({ placeId }) => [placeId], show);
  }
}

const show = ({ placeId, siret, name, siteId, siteName, timeZone, accreditations }: PlaceView): z.output<typeof shown> => ({
  placeId: idOut('place', placeId), siret, name, site: { siteId: idOut('site', siteId), name: siteName, timeZone },
  accreditations: accreditations.map(({ programmeId, version, from, to }) =>
    ({ programmeId: idOut('programme', programmeId), accreditationVersion: version, from, to })),
});
