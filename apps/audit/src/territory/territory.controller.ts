// Where services are rendered and where not, for those who run the platform and those who check it; places of a year for payers as counts.
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, monthIn, parse } from '#libs/http';
import { idOf, showId } from '#libs/kernel';
import { csvLine } from '#libs/tabular';
import { AREA_KINDS } from './area-facts.store.js';
import { bandOf, BANDS } from './place-earnings.decision.js';
import { areasTable, placesTable, schemaOf, TERRITORY_TABLES, type Table } from './territory-tables.js';
import { MISSING, REASONS, THIRD_PARTIES } from './third-parties.js';
import { ShowAreas, ShowPlaceEarnings, type Earnings } from './territory.queries.js';

const YEARS_MAX = 2;
const areasQuery = z.strictObject({ programmeId: idIn('programme'), from: monthIn.describe('months of service'), to: monthIn })
  .refine(({ from, to }) => from <= to, { error: 'expected a month from `from` on', path: ['to'] })
  .refine(({ from, to }) => Number(to.slice(0, 4)) - Number(from.slice(0, 4)) <= YEARS_MAX, { error: 'expected two years at most', path: ['to'] });
const yearIn = z.string().regex(/^20\d\d$/, 'expected a year like 2026').transform(Number);
const yearQuery = z.strictObject({ year: yearIn.describe('of service') });
const tableParam = z.strictObject({ table: z.enum(TERRITORY_TABLES) });

const readTo = z.int().describe('redemption\'s events are counted up to this number: see GET /audit/events?sender=redemption');
const areas = z.strictObject({
  programmeId: idText('programme'), from: z.string(), to: z.string(), readTo,
  money: z.strictObject({ activatedCents: z.int(), redeemedCents: z.int(), expiredCents: z.int(), payers: z.int() }).describe('of all times'),
  areas: z.array(z.strictObject({
    kind: z.enum(AREA_KINDS), code: z.string().nullable().describe('null: nobody told where these places are, or of which EPCI; of the whole programme its id'),
    redemptions: z.int(), redeemedCents: z.int(), people: z.int().describe('at least so many'), places: z.int(),
    minutes: z.int().nullable().describe('declared; null: nobody said'),
  })),
});
const reasons = z.strictObject({ items: z.array(z.strictObject({
  thirdParty: z.enum(THIRD_PARTIES), where: z.array(z.enum(MISSING)).describe('where places, vouchers or payers are missing'),
  reason: z.strictObject({ fr: z.string(), en: z.string() }), basis: z.enum(['source', 'ours']).describe('ours: concluded by us from what the source rules'),
  source: z.string(), sourceYear: z.int(),
})) });
const earnings = z.strictObject({
  year: z.int(), isOver: z.boolean().describe('false: the year goes on, and its places are below for now'), readTo,
  range: z.strictObject({ version: z.int(), low: z.int(), high: z.int(), source: z.string(), sourceYear: z.int() }).nullable()
    .describe('cents a year that are said to let a place stay open; null: no version is published'),
  bands: z.strictObject({ below: z.int(), within: z.int(), above: z.int() }).nullable().describe('places; null: no range is published'),
  places: z.array(z.strictObject({
    placeId: idText('place'), name: z.string().nullable(), commune: z.string().nullable(), latitude: z.number().nullable(), longitude: z.number().nullable(),
    takenCents: z.int().describe('through vouchers of all programmes'), redemptions: z.int(), band: z.enum(BANDS).nullable(),
    locatedBy: idText('event').nullable().describe('the event that says where the place is'),
  })).nullable().describe('null for a payer'),
});
const schema = z.strictObject({
  $schema: z.string(), name: z.enum(TERRITORY_TABLES), title: z.string(), description: z.string(),
  fields: z.array(z.looseObject({ name: z.string(), type: z.string() })), missingValues: z.array(z.string()),
});

@Controller('audit')
export class TerritoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get('areas')
  @Api({
    summary: 'What services of a programme came to in whole months, by commune, EPCI and département', who: ['operator', 'auditor'],
    query: areasQuery, answer: areas,
  })
  async areas(@Query() query: unknown): Promise<z.output<typeof areas>> {
    const asked = parse(areasQuery, query);
    const { areas: rows, money, readTo: last } = await this.queries.execute(new ShowAreas(asked));
    return {
      ...asked, programmeId: idOut('programme', asked.programmeId), readTo: last, money,
      areas: rows.map(({ kind, code, ...row }) => ({ kind, code: kind === 'programme' ? idOut('programme', asked.programmeId) : code, ...row })),
    };
  }

  @Get('areas.csv')
  @Api({ summary: 'The same as text/csv; its columns are told by GET /audit/territory-schemas/areas', who: ['operator', 'auditor'], query: areasQuery })
  async areasFile(@Query() query: unknown): Promise<StreamableFile> {
    const asked = parse(areasQuery, query);
    const { areas: rows } = await this.queries.execute(new ShowAreas(asked));
    return fileOf(`areas-${asked.from}-${asked.to}`, areasTable, rows.map((row) => ({ ...row, ...asked })));
  }

  @Get('place-earnings')
  @Api({
    summary: 'What each place took in through vouchers in a year, against the range that is said to let one stay open; a payer sees counts',
    who: ['operator', 'auditor', 'payer'], query: yearQuery, answer: earnings,
  })
  async earnings(@Query() query: unknown, @Caller() { organisationKind }: Principal): Promise<z.output<typeof earnings>> {
    const { year } = parse(yearQuery, query);
    return shown(year, await this.queries.execute(new ShowPlaceEarnings(year)), organisationKind !== 'payer');
  }

  @Get('place-earnings.csv')
  @Api({ summary: 'The same as text/csv; its columns are told by GET /audit/territory-schemas/places', who: ['operator', 'auditor'], query: yearQuery })
  async earningsFile(@Query() query: unknown): Promise<StreamableFile> {
    const { year } = parse(yearQuery, query);
    const { places, range } = await this.queries.execute(new ShowPlaceEarnings(year));
    return fileOf(`places-${year}`, placesTable, places.map((place) => ({ ...place, year, range })));
  }

  @Get('third-parties')
  @Api({ summary: 'Who else would gain where places, vouchers or payers are missing: declared reasons with their sources', who: 'anyone', answer: reasons })
  thirdParties(): z.output<typeof reasons> {
    return { items: REASONS.map((one) => ({ ...one, where: [...one.where] })) };
  }

  @Get('territory-schemas/:table')
  @Api({ summary: 'What the columns of a table mean (Table Schema)', who: 'anyone', answer: schema })
  schema(@Param() param: unknown): z.output<typeof schema> {
    const { table } = parse(tableParam, param);
    return table === 'areas' ? schemaOf(table, areasTable) : schemaOf(table, placesTable);
  }
}

function shown(year: number, { places, range, ...rest }: Earnings, isWhole: boolean): z.output<typeof earnings> {
  return {
    year, ...rest,
    range: range && { version: range.version, low: range.low, high: range.high, source: range.source, sourceYear: range.sourceYear },
    places: isWhole ? places.map(({ placeId, locatedBy, ...place }) => ({
      ...place, placeId: showId('place', idOf('place', placeId)), band: range && bandOf(place.takenCents, range),
      locatedBy: locatedBy === null ? null : showId('event', idOf('event', locatedBy)),
    })) : null,
  };
}

function fileOf<Row>(name: string, { columns }: Table<Row>, rows: readonly Row[]): StreamableFile {
  const lines = [columns.map((column) => column.name), ...rows.map((row) => columns.map(({ cell }) => cell(row)))];
  const bytes = Buffer.from(lines.map((line) => csvLine(line, ',')).join(''));
  return new StreamableFile(bytes, { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="mereau-${name}.csv"`, length: bytes.length });
}
