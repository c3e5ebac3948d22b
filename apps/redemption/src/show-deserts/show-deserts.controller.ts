// Communes of a programme's territory where no place takes its vouchers. Public: it tells of places and communes, of no person.
import { Controller, Get, Query, Req, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { idOf, isRejected, showId } from '#libs/kernel';
import { csvLine } from '#libs/tabular';
import { CitizenGuard } from '../citizen-guard/citizen-guard.js';
import { DESERTS_SHOWN_MAX, FAR_KM } from '../limits.js';
import { listsAnswer, shownLists, shownZones, zoneFields } from '../show-zones/zones-answer.js';
import { isOfZone, ZONES } from '../import-zones/zone.decision.js';
import { COMMUNE_STATES } from './deserts.decision.js';
import { DESERT_COLUMNS, desertSchema } from './desert-table.js';
import { ShowDeserts, type Deserts, type ZonedCommune } from './show-deserts.query.js';

const query = z.strictObject({
  programmeId: idIn('programme'), farKm: z.string().regex(/^[1-9]\d?$/, 'expected 1 to 99').transform(Number).optional().describe(`from which distance on a place is far; ${FAR_KM} unless said`),
});
const km = (value: number): number => Math.round(value * 10) / 10;
const commune = z.strictObject({
  code: z.string(), name: z.string().nullable().describe('null: the directory has no place there'), departement: z.string(),
  listedPlaces: z.int().describe('of the directory, whether they take vouchers or not'),
  latitude: z.number().nullable().describe('of the middle of its listed places'), longitude: z.number().nullable(),
  nearest: z.strictObject({ placeId: idText('place'), name: z.string(), km: z.number() }).nullable(),
  state: z.enum(COMMUNE_STATES).describe('neighbour: the nearest place is not far; unknown: nobody told where the commune, or some place, is'),
  ...zoneFields,
});
const states = z.strictObject({ served: z.int(), neighbour: z.int(), far: z.int(), unknown: z.int() });
const answer = z.strictObject({
  programmeId: idText('programme'), on: z.string(), farKm: z.int(),
  communes: states.describe('that the territory names, or the directory has a place in'),
  places: z.array(z.strictObject({
    placeId: idText('place'), name: z.string(), commune: z.string().nullable(), latitude: z.number().nullable(), longitude: z.number().nullable(),
  })).describe('that take vouchers of the programme today'),
  items: z.array(commune).describe(`those without a place, the furthest first, ${DESERTS_SHOWN_MAX} at most: the table has all`),
  placesWithoutCommune: z.int().describe('of the directory, whose commune nobody can say: they are in none'),
  zones: z.array(z.strictObject({ zone: z.enum(ZONES), communes: states })).describe('communes of each, by the lists in force; one that a list does not name is of the unknown ones'),
  zoneLists: listsAnswer,
  imports: z.array(z.strictObject({ importId: idText('fileImport'), places: z.int() })).describe('files that the directory is of'),
});
const schema = z.strictObject({
  $schema: z.string(), name: z.string(), title: z.string(), description: z.string(),
  fields: z.array(z.looseObject({ name: z.string(), type: z.string() })), missingValues: z.array(z.string()),
});
/** Goes through the whole directory: ten questions of somebody who looks for a place. */
const COST = 10;

@Controller('redemption')
export class ShowDesertsController {
  constructor(private readonly queries: QueryBus, private readonly guard: CitizenGuard) {}

  @Get('deserts')
  @Api({
    summary: 'Communes of a programme\'s territory without a place that takes its vouchers, and how far the nearest is', who: 'anyone', query, answer,
    refusals: ['programme_not_found', 'too_many_questions'],
  })
  async show(@Query() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof answer>> {
    const { programmeId, farKm = FAR_KM } = parse(query, asked);
    const found = await this.ask(request, new ShowDeserts(programmeId, farKm));
    const { on, communes, accredited, imports, placesWithoutCommune, zoneLists } = found;
    return {
      programmeId: idOut('programme', programmeId), on, farKm, placesWithoutCommune,
      communes: statesOf(communes), zoneLists: shownLists(zoneLists),
      zones: ZONES.map((zone) => ({ zone, communes: statesOf(communes.filter(({ zones }) => isOfZone(zone, zones))) })),
      places: accredited.map(({ placeId, position, ...place }) => (
        { ...place, placeId: showId('place', idOf('place', placeId)), latitude: position?.latitude ?? null, longitude: position?.longitude ?? null })),
      items: furthestFirst(communes).slice(0, DESERTS_SHOWN_MAX).map(shown),
      imports: imports.map(({ importId, places }) => ({ importId: showId('fileImport', idOf('fileImport', importId)), places })),
    };
  }

  @Get('deserts.csv')
  @Api({
    summary: 'All communes of the territory as text/csv; GET /redemption/deserts-schema tells the columns', who: 'anyone', query,
    refusals: ['programme_not_found', 'too_many_questions'],
  })
  async file(@Query() asked: unknown, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const { programmeId, farKm = FAR_KM } = parse(query, asked);
    const { communes } = await this.ask(request, new ShowDeserts(programmeId, farKm));
    const lines = [DESERT_COLUMNS.map(({ name }) => name), ...communes.map((one) => DESERT_COLUMNS.map(({ cell }) => cell(one)))];
    const bytes = Buffer.from(lines.map((line) => csvLine(line, ',')).join(''));
    return new StreamableFile(bytes, { type: 'text/csv; charset=utf-8', disposition: 'attachment; filename="mereau-communes.csv"', length: bytes.length });
  }

  @Get('deserts-schema')
  @Api({ summary: 'What the columns of the table of communes mean (Table Schema)', who: 'anyone', answer: schema })
  schema(): z.output<typeof schema> {
    return desertSchema();
  }

  private async ask(request: FastifyRequest, asked: ShowDeserts): Promise<Deserts> {
    const found = await this.guard.around(request, COST, () => this.queries.execute(asked));
    if (isRejected(found)) throw new Problem(found);
    return found;
  }
}

/** Unknown ones last, and of the same distance by code. */
const furthestFirst = (communes: readonly ZonedCommune[]): readonly ZonedCommune[] => {
  const rank = ({ state, nearest }: ZonedCommune): number => (state === 'unknown' ? -1 : nearest?.km ?? Number.MAX_SAFE_INTEGER);
  return communes.filter(({ state }) => state !== 'served').sort((a, b) => rank(b) - rank(a));
};

function statesOf(communes: readonly ZonedCommune[]): z.output<typeof states> {
  const counted = (state: ZonedCommune['state']): number => communes.filter((one) => one.state === state).length;
  return { served: counted('served'), neighbour: counted('neighbour'), far: counted('far'), unknown: counted('unknown') };
}

const shown = ({ accreditedPlaces: _, position, nearest, zones, ...row }: ZonedCommune): z.output<typeof commune> => ({
  ...row, ...shownZones(zones), latitude: position?.latitude ?? null, longitude: position?.longitude ?? null,
  nearest: nearest && { ...nearest, placeId: showId('place', idOf('place', nearest.placeId)), km: km(nearest.km) },
});
