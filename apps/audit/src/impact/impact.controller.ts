// What services came to, with the method in sight: the registry of coefficients for everybody, the estimates for those who pay and check.
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { COEFFICIENT_CODES, MEASURES, UNITS, type Coefficient, type CoefficientCode, type Facts, type Result } from '#libs/figures';
import { Api, Caller, idIn, idText, idOut, Meta, monthIn, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ListCoefficients, PublishCoefficient, ShowImpact } from './impact.commands.js';

const number = z.number().positive().max(1e11);
const body = z.strictObject({
  code: z.enum(COEFFICIENT_CODES), low: number, value: number, high: number,
  source: z.string().trim().min(10).max(500).describe('who says so, and where'),
  sourceYear: z.int().min(1900).max(2200), scope: z.string().trim().min(2).max(200).describe('of what, and where it holds'),
}).refine(({ low, value, high }) => low <= value && value <= high, { error: 'expected low <= value <= high', path: ['value'] })
  .refine(({ code, high }) => code !== 'local_share' || high <= 1, { error: 'a share is at most 1', path: ['high'] });
const published = z.strictObject({ version: z.int() });
const coefficient = z.strictObject({
  code: z.enum(COEFFICIENT_CODES), version: z.int(), unit: z.string(), low: z.number(), value: z.number(), high: z.number(),
  source: z.string(),
  sourceYear: z.int(), scope: z.string(),
});
const listed = z.strictObject({ items: z.array(coefficient.extend({ publishedAt: z.iso.datetime() })) });

/** Each month of it is counted by itself. */
const YEARS_MAX = 2;
const rejectIn = z.string().max(200).transform((text) => text.split(',')).pipe(z.array(z.enum(COEFFICIENT_CODES)));
const query = z.strictObject({
  programmeId: idIn('programme'), from: monthIn.describe('whole months of service: two periods of days would tell in their difference of single people'),
  to: monthIn, reject: rejectIn.optional().describe('coefficients that you do not hold with, with commas between'),
}).refine(({ from, to }) => from <= to, { error: 'expected a month from `from` on', path: ['to'] })
  .refine(({ from, to }) => Number(to.slice(0, 4)) - Number(from.slice(0, 4)) <= YEARS_MAX, { error: 'expected two years at most', path: ['to'] });
const estimate = z.strictObject({ low: z.number(), value: z.number(), high: z.number() });
const count = z.int().nullable();
const impact = z.strictObject({
  programmeId: idText('programme'), from: z.string(), to: z.string(),
  facts: z.strictObject({
    redemptions: z.int(), redeemedCents: z.int(), minutes: count.describe('declared; null: nobody said'), redemptionsWithMinutes: z.int(),
    people: z.int().describe('at least so many'), firstVisits: count.describe('null: nobody said'), workshops: z.int(), services: z.int(),
    places: z.int(), communes: z.int(),
  }).nullable().describe('null: a month of it has fewer than five people, or is not over, and a payer asks'),
  results: z.array(z.strictObject({
    measure: z.enum(MEASURES), method: z.string(), coefficient: coefficient.nullable(), estimate: estimate.nullable(),
    unknown: z.enum(['no_coefficient', 'rejected', 'no_duration_declared', 'few_people', 'nothing_rendered']).nullable(), withRejected: estimate.nullable(),
  })),
});

@Controller('audit')
export class ImpactController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('impact-coefficients')
  @HttpCode(201)
  @Api({ summary: 'Publish a version of a coefficient, with its range and its source', who: ['operator'], body, answer: published, status: 201, refusals: [] })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const outcome = await this.commands.execute(new PublishCoefficient(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get('impact-coefficients')
  @Api({ summary: 'Every version of every coefficient: value, range, source, year and scope', who: 'anyone', answer: listed })
  async list(): Promise<z.output<typeof listed>> {
    const found = await this.queries.execute(new ListCoefficients());
    return { items: found.map(({ publishedAt, ...one }) => ({ ...shown(one), publishedAt: publishedAt.toISOString() })) };
  }

  @Get('impact')
  @Api({
    summary: 'What services of a programme came to in whole months: facts, and estimates with range, method and coefficient; a payer sees what it pays for',
    who: ['operator', 'auditor', 'payer'], query, answer: impact, refusals: ['programme_not_paid_for'],
  })
  async show(@Query() asked: unknown, @Caller() { organisationKind, partyId }: Principal): Promise<z.output<typeof impact>> {
    const { reject: rejected = [], ...period } = parse(query, asked);
    const payerId = organisationKind === 'payer' ? partyId : null;
    const found = await this.queries.execute(new ShowImpact({ ...period, payerId, rejected: new Set<CoefficientCode>(rejected) }));
    if (isRejected(found)) throw new Problem(found);
    const { facts, results } = found;
    return {
      ...period, programmeId: idOut('programme', period.programmeId), results: results.map(shownResult),
      facts: facts && shownFacts(facts),
    };
  }
}

const shown = ({ code, ...rest }: Coefficient): z.output<typeof coefficient> => ({ code, unit: UNITS[code], ...rest });
const shownFacts = ({ centsOfPlaces, days: _, ...facts }: Facts) => ({ ...facts, places: centsOfPlaces.length });
const shownResult = ({ coefficient: used, ...rest }: Result) => ({ ...rest, coefficient: used && shown(used) });
