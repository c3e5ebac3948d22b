import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { DEPARTURE_ENDS } from '#libs/contracts';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { placeOf as cursorPlace } from '../id-cursor.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ListDepartures, type DepartureView } from './show-departures.query.js';

const query = pageQuery.extend({
  placeId: idIn('place').optional(),
  open: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
});
const shown = z.strictObject({
  departureId: idText('departure'), placeId: idText('place'), programmeId: idText('programme'), programmeName: z.string().nullable(),
  from: z.string(), until: z.string().nullable().describe('the first day of services that are taken again; taken back: its own first day'),
  reason: z.string().nullable().describe('in the place\'s own words'), statedAt: z.iso.datetime(), statedBy: z.string(),
  end: z.strictObject({ how: z.enum(DEPARTURE_ENDS), at: z.iso.datetime() }).nullable(),
});

@Controller('redemption/departures')
export class ShowDeparturesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Places that leave a programme by themselves, newest first; a place sees its own', who: ['operator', 'auditor', 'till', 'manager'],
    query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, placeId = null, open = null } = parse(query, asked);
    const own = caller.organisationKind === 'place' ? placeOf(caller) : null;
    const rows = await this.queries.execute(new ListDepartures({
      before: cursorPlace('departure', cursor), rowsMax: limit + 1, placeId: own ?? placeId, open,
    }));
    return pageOf(rows, limit, ({ departureId }) => [departureId], show);
  }
}

const show = ({ departureId, placeId, programmeId, statedAt, how, endedAt, ...departure }: DepartureView): z.output<typeof shown> => ({
  ...departure, departureId: idOut('departure', departureId), placeId: idOut('place', placeId), programmeId: idOut('programme', programmeId),
  statedAt: statedAt.toISOString(), end: how && endedAt && { how, at: endedAt.toISOString() },
});
