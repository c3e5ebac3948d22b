// Which zones communes are of. Public: official lists tell it of communes, and of no person.
import { Controller, Get, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, parse } from '#libs/http';
import { isCommune } from '#libs/kernel';
import { CitizenGuard } from '../citizen-guard/citizen-guard.js';
import { ShowZones } from './show-zones.query.js';
import { listsAnswer, shownLists, shownZones, zoneFields } from './zones-answer.js';

const COMMUNES_MAX = 1_000;
const TEXT_MAX = COMMUNES_MAX * 6;
const query = z.strictObject({
  communes: z.string().max(TEXT_MAX).transform((text) => text.split(',')).refine((codes) => codes.every(isCommune), 'expected INSEE codes, with commas between')
    .describe(`INSEE codes, with commas between, ${COMMUNES_MAX} at most`),
});
const answer = z.strictObject({
  lists: listsAnswer, items: z.array(z.strictObject({ commune: z.string(), ...zoneFields })).describe('each that was asked for'),
});
/** Goes through both lists once. */
const COST = 3;

@Controller('redemption')
export class ShowZonesController {
  constructor(private readonly queries: QueryBus, private readonly guard: CitizenGuard) {}

  @Get('zones')
  @Api({ summary: 'The density class of communes, the priority quarters that lie in them, and the zones that they are counted in, by the lists in force', who: 'anyone', query, answer, refusals: ['too_many_questions'] })
  async show(@Query() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof answer>> {
    const { communes } = parse(query, asked);
    const found = await this.guard.around(request, COST, () => this.queries.execute(new ShowZones(communes)));
    const known = new Map(found.communes.map((one) => [one.commune, one]));
    const items = [...new Set(communes)].map((commune) => ({ commune, ...shownZones(known.get(commune)) }));
    return { lists: shownLists(found.lists), items };
  }
}
