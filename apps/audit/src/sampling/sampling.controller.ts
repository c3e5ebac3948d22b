// Samples of an auditing body and their worksheets. It alone sees them: nobody is to know where it looks.
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { scopesOf, type Mandate, type Principal } from '#libs/auth';
import { AMOUNT_CENTS_MAX, Api, Caller, countIn, dayIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected, type Id } from '#libs/kernel';
import { BANDS_MAX, NOTE_LENGTH_MAX, SAMPLE_SIZE_MAX, TITLE_LENGTH_MAX } from '../limits.js';
import { itemAnswer, repetitionAnswer, sampleAnswer, shownItem, shownSample } from './sample-answer.js';
import { POPULATIONS, STRATA, VERDICTS, type SampleFilter, type Scope } from './sample.decision.js';
import { DrawSample, ListItems, ListSamples, MarkItem, RepeatSample, ShowSample } from './sampling.commands.js';

const Draw = z.strictObject({
  title: textIn(TITLE_LENGTH_MAX), population: z.enum(POPULATIONS).describe('claim_line: a redemption that was not undone'),
  size: z.int().min(1).max(SAMPLE_SIZE_MAX), seed: z.string().regex(/^[\w-]{1,64}$/).optional().describe('left out: one is drawn'),
  stratum: z.enum(STRATA).default('none').describe('of a statement, place is its payee'),
  bandCents: z.array(z.int().positive().max(AMOUNT_CENTS_MAX)).max(BANDS_MAX).default([]).describe('where each band after the first begins, rising'),
  from: dayIn.optional().describe('day of service, booking or closing'), until: dayIn.optional(),
  programmeId: idIn('programme').optional(), placeId: idIn('place').optional(),
}).refine(({ bandCents }) => bandCents.every((cents, at) => at === 0 || cents > bandCents[at - 1]!), { path: ['bandCents'], message: 'expected rising amounts' })
  .refine(({ stratum, bandCents }) => (stratum === 'amount_band') === (bandCents.length > 0), { path: ['bandCents'], message: 'expected with the stratum amount_band, and only there' });
const MarkBody = z.strictObject({ verdict: z.enum(VERDICTS), note: textIn(NOTE_LENGTH_MAX).optional() })
  .refine(({ verdict, note }) => verdict !== 'not_ok' || note !== undefined, { path: ['note'], message: 'expected what is not right' });
const positionIn = z.string().regex(/^[1-9]\d{0,5}$/, 'expected a position from 1').transform(Number);
const drawn = z.strictObject({ sampleId: idText('sample') });
const marked = z.strictObject({ position: z.int() });

@Controller('audit/samples')
export class SamplingController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Draw a sample of the log up to its newest checkpoint; the frame and the seed are kept, and the same seed draws the same items',
    who: ['auditor'], mandate: 'scoped', body: Draw, status: 201, answer: drawn,
    refusals: ['filter_not_told', 'mandate_too_narrow', 'checkpoint_not_found', 'frame_too_small'],
  })
  async draw(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { from = null, until = null, programmeId = null, placeId = null, ...asked } = parse(Draw, body);
    const filter: SampleFilter = { from, until, programmeId, placeId, scopes: scopesOf(meta.caller)?.map(scopeOf) ?? null };
    const { organisationId, userId, mandates } = meta.caller;
    const auditor = { organisationId, userId, mandates: mandates?.inForce ?? [] };
    const outcome = await this.commands.execute(new DrawSample({ seed: undefined, ...asked, filter }, auditor, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { sampleId: idOut('sample', outcome.sampleId) };
  }

  @Get()
  @Api({ summary: 'The samples of your auditing body, newest first', who: ['auditor'], mandate: 'scoped', query: pageQuery, answer: pageAnswer(sampleAnswer) })
  async list(@Query() query: unknown, @Caller() { organisationId }: Principal) {
    const { limit, cursor } = parse(pageQuery, query);
    const [below] = cursor ? readCursor(z.tuple([z.uuid()]), cursor) : [null];
    const samples = await this.queries.execute(new ListSamples(organisationId, limit + 1, below));
    return pageOf(samples, limit, ({ sampleId }) => [sampleId], shownSample);
  }

  @Get(':sampleId')
  @Api({ summary: 'A sample: its frame, seed and how far its worksheet is', who: ['auditor'], mandate: 'scoped', answer: sampleAnswer, refusals: ['sample_not_found'] })
  async show(@Param('sampleId') id: string, @Caller() { organisationId }: Principal) {
    const found = await this.queries.execute(new ShowSample(sampleIn(id), organisationId));
    if (isRejected(found)) throw new Problem(found);
    return shownSample(found);
  }

  @Get(':sampleId/items')
  @Api({
    summary: 'Its worksheet: each item with what was found of it, and when', who: ['auditor'], mandate: 'scoped', query: pageQuery,
    answer: pageAnswer(itemAnswer), refusals: ['sample_not_found'],
  })
  async items(@Param('sampleId') id: string, @Query() query: unknown, @Caller() { organisationId }: Principal) {
    const { limit, cursor } = parse(pageQuery, query);
    const [after] = cursor ? readCursor(z.tuple([countIn]), cursor) : [0];
    const found = await this.queries.execute(new ListItems(sampleIn(id), organisationId, after, limit + 1));
    if (isRejected(found)) throw new Problem(found);
    return pageOf(found, limit, ({ position }) => [position], shownItem);
  }

  @Get(':sampleId/repetition')
  @Api({
    summary: 'Draw it again by its seed from its frame, and say whether the same items come', who: ['auditor'], mandate: 'scoped',
    answer: repetitionAnswer, refusals: ['sample_not_found'],
  })
  async repeat(@Param('sampleId') id: string, @Caller() { organisationId }: Principal): Promise<z.output<typeof repetitionAnswer>> {
    const found = await this.queries.execute(new RepeatSample(sampleIn(id), organisationId));
    if (isRejected(found)) throw new Problem(found);
    return { ...found, eventIds: found.eventIds.map((eventId) => idOut('event', idOf('event', eventId))) };
  }

  @Post(':sampleId/items/:position/marks')
  @HttpCode(201)
  @Api({
    summary: 'Say of an item that it is right, not right or open; what was said before stays', who: ['auditor'], mandate: 'scoped', body: MarkBody, status: 201,
    answer: marked, refusals: ['sample_not_found', 'item_not_found'],
  })
  async mark(@Param('sampleId') id: string, @Param('position') at: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    const [{ verdict, note = null }, position] = [parse(MarkBody, body), parse(positionIn, at)];
    const of = { sampleId: sampleIn(id), position, organisationId: meta.caller.organisationId };
    const outcome = await this.commands.execute(new MarkItem(of, { verdict, note }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { position: outcome.position };
  }
}

const sampleIn = (text: string): Id<'sample'> => parse(idIn('sample'), text);
const scopeOf = ({ programmeIds, payerIds }: Mandate): Scope => ({ programmeIds, payerIds });
