import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { endOfDay } from '../local-day.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadFindings, loadItems, loadMandates, loadRights, loadSample, loadSamples } from './desk.data.js';
import { bandsTyped } from './bands.js';
import { deskPage } from './desk.page.js';
import { rightsPage } from './rights.page.js';
import { samplePage } from './sample.page.js';

const sampleId = z.string().regex(/^smp_[0-9a-f-]{36}$/);
const SampleParam = z.strictObject({ sampleId });
const ItemParam = z.strictObject({ sampleId, position: z.string().regex(/^[1-9]\d{0,3}$/) });
const SampleQuery = z.object({ cursor: z.string().max(400).regex(/^[\w-]*$/).optional() });
const RightsQuery = z.object({ of: z.string().regex(/^(usr|org)_[0-9a-f-]{36}$/).optional(), at: z.union([z.literal(''), z.iso.date()]).optional() });
const typed = z.string().trim().max(200);
const DrawForm = z.strictObject({
  key: z.uuid(), title: typed, population: typed, stratum: typed, size: z.coerce.number(), bands: typed.default(''), from: typed, until: typed, seed: typed,
});
const MarkForm = z.strictObject({ key: z.uuid(), verdict: z.enum(['ok', 'not_ok', 'open']), note: z.string().trim().max(2_000) });
const drawn = z.object({ sampleId: z.string() });

type Refused = Readonly<{ code: string; status: number }>;

/** What an auditor does under a mandate; the services say what that opens. */
@Pages()
export class DeskController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('desk')
  @AllowOnly('anyone')
  async desk(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendDesk(await this.visit(request), reply);
  }

  @Post('desk/samples')
  @HttpCode(303)
  @AllowOnly('anyone')
  async draw(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, bands, from, until, seed, ...asked } = parseForm(DrawForm, body);
    const visit = await this.visit(request);
    const bandCents = bandsTyped(bands);
    if (bandCents === undefined || (bandCents.length > 0) !== (asked.stratum === 'amount_band')) {
      return this.sendDesk({ ...visit, path: '/desk' }, reply, { code: 'bands_malformed', status: 422 });
    }
    const span = { ...(from && { from }), ...(until && { until }) };
    const given = { ...asked, ...span, ...(bandCents.length > 0 && { bandCents }), ...(seed && { seed }) };
    const answer = await this.services.post('/audit/samples', drawn, visit.person.bearer, { body: given, key });
    if (answer.ok) return seeOther(reply, `/desk/samples/${answer.value.sampleId}`);
    await this.sendDesk({ ...visit, path: '/desk' }, reply, answer);
  }

  @Get('desk/samples/:sampleId')
  @AllowOnly('anyone')
  async sample(
    @Param() param: unknown, @Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply,
  ): Promise<void> {
    const { cursor } = parse(SampleQuery, query);
    await this.sendSample(await this.visit(request), reply, parse(SampleParam, param).sampleId, { cursor });
  }

  @Post('desk/samples/:sampleId/items/:position')
  @HttpCode(303)
  @AllowOnly('anyone')
  async mark(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { sampleId: id, position } = parse(ItemParam, param);
    const { key, verdict, note } = parseForm(MarkForm, body);
    const visit = await this.visit(request);
    const path = `/audit/samples/${id}/items/${position}/marks`;
    const answer = await this.services.post(path, z.unknown(), visit.person.bearer, { body: { verdict, ...(note && { note }) }, key });
    if (answer.ok) return seeOther(reply, `/desk/samples/${id}?cursor=${cursorBefore(Number(position))}#item-${position}`);
    await this.sendSample({ ...visit, path: `/desk/samples/${id}` }, reply, id, { refused: answer });
  }

  @Get('desk/rights')
  @AllowOnly('anyone')
  async rights(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { of, at } = parse(RightsQuery, query);
    const visit = await this.visit(request);
    const rights = of === undefined ? undefined : await loadRights(this.services, visit.person.bearer, of, at ? endOfDay(at) : undefined);
    sendPage(reply, visit, rightsPage(visit, { of: of ?? '', at: at ?? '', rights }));
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    const person = await this.sessions.person(request);
    if (person.organisation.kind !== 'auditor') throw new Problem('role_missing');
    return { ...visitOf(request), person };
  }

  private async sendDesk(visit: SignedInVisit, reply: FastifyReply, refused?: Refused): Promise<void> {
    const { bearer } = visit.person;
    const [mandates, samples, findings] = await Promise.all([
      loadMandates(this.services, bearer), loadSamples(this.services, bearer), loadFindings(this.services, bearer),
    ]);
    sendPage(reply, visit, deskPage(visit, { mandates, samples, findings, refused: refused?.code }), refused?.status ?? 200);
  }

  private async sendSample(
    visit: SignedInVisit, reply: FastifyReply, id: string,
    { cursor, refused }: Readonly<{ cursor?: string | undefined; refused?: Refused }>,
  ): Promise<void> {
    const { bearer } = visit.person;
    const [sample, items] = await Promise.all([loadSample(this.services, bearer, id), loadItems(this.services, bearer, id, cursor)]);
    if (!sample.ok) throw new Problem(sample.status === 404 ? 'route_not_found' : sample.status === 403 ? 'role_missing' : 'unavailable');
    sendPage(reply, visit, samplePage(visit, { sample: sample.value, items, refused: refused?.code }), refused?.status ?? 200);
  }
}

/** The page that the item is on, however far the worksheet is: items of a page follow the position that its cursor names. */
const ITEMS_PER_PAGE = 50;
const cursorBefore = (position: number): string => Buffer.from(JSON.stringify([Math.floor((position - 1) / ITEMS_PER_PAGE) * ITEMS_PER_PAGE])).toString('base64url');
