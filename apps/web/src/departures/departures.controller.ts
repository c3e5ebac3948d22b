import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { isOutage, Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { departurePage, previewPage, type Typed } from './departure.page.js';
import { loadDeparture, loadPreview } from './departures.data.js';

const programmeId = z.union([z.literal(''), z.string().regex(/^prg_[0-9a-f-]{36}$/)]).default('');
const WantedQuery = z.strictObject({ programmeId, from: z.iso.date() });
const code = z.string().max(40).optional();
const LeaveForm = z.strictObject({ key: z.uuid(), programmeId, from: z.iso.date(), reason: z.string().trim().max(1_000).default(''), code });
const BackForm = z.strictObject({ key: z.uuid(), code });
const DepartureParam = z.strictObject({ departureId: z.string().regex(/^dpt_[0-9a-f-]{36}$/) });
const stated = z.object({ departures: z.array(z.object({ departureId: z.string() })) });
const REFUSED = 403;

@Pages()
export class DeparturesController {
  constructor(
    private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings,
    private readonly factors: SecondFactors,
  ) {}

  @Get('accreditation/departures/new')
  @AllowOnly('anyone')
  async preview(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.previewOf({ ...parse(WantedQuery, query), key: uuidv7(), reason: '' }, await this.visit(request), reply);
  }

  @Post('accreditation/departures')
  @HttpCode(303)
  @AllowOnly('anyone')
  async leave(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { code: shown, ...typed } = parseForm(LeaveForm, body);
    const refused = await this.proved(request, shown);
    // After the code: the token of before does not tell of it.
    const visit = await this.visit(request);
    if (refused !== undefined) return this.previewOf(typed, visit, reply, refused, REFUSED);
    const { key, from, reason } = typed;
    const asked = { from, ...(typed.programmeId !== '' && { programmeId: typed.programmeId }), ...(reason !== '' && { reason }) };
    const said = await this.services.post('/redemption/departures', stated, visit.person.bearer, { body: asked, key });
    if (said.ok) {
      const [only, ...more] = said.value.departures;
      return seeOther(reply, more.length === 0 ? `/accreditation/departures/${only!.departureId}` : '/accreditation#leave');
    }
    // A refusal is kept with its key: what is corrected goes under a new one.
    await this.previewOf(isOutage(said) ? typed : { ...typed, key: uuidv7() }, visit, reply, said.code, said.status);
  }

  @Get('accreditation/departures/:departureId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.departureOf(parse(DepartureParam, param).departureId, await this.visit(request), reply);
  }

  @Post('accreditation/departures/:departureId/taking-back')
  @HttpCode(303)
  @AllowOnly('anyone')
  async takeBack(
    @Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply,
  ): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { departureId } = parse(DepartureParam, param);
    const { code: shown, key } = parseForm(BackForm, body);
    const refused = await this.proved(request, shown);
    const visit = await this.visit(request);
    if (refused !== undefined) return this.departureOf(departureId, visit, reply, refused, REFUSED);
    const moved = await this.services.post(`/redemption/departures/${departureId}/taking-back`, z.unknown(), visit.person.bearer, { body: {}, key });
    if (moved.ok) return seeOther(reply, `/accreditation/departures/${departureId}`);
    await this.departureOf(departureId, visit, reply, moved.code, moved.status);
  }

  /** Why the code was not taken; undefined where it was, or where a passkey was shown instead. */
  private async proved(request: FastifyRequest, shown: string | undefined): Promise<string | undefined> {
    if (shown === undefined || shown.trim() === '') return undefined;
    const entered = await this.factors.enter(request, shown);
    return isRefused(entered) ? entered.refused : undefined;
  }

  private async previewOf(typed: Typed, visit: SignedInVisit, reply: FastifyReply, refused?: string, status = 200): Promise<void> {
    const preview = await loadPreview(this.services, visit.person.bearer, typed);
    sendPage(reply, visit, previewPage(visit, typed, preview, refused), status);
  }

  private async departureOf(id: string, visit: SignedInVisit, reply: FastifyReply, refused?: string, status = 200): Promise<void> {
    const read = await loadDeparture(this.services, visit.person.bearer, id);
    if (!read.ok) throw new Problem(read.status === REFUSED ? 'role_missing' : 'unavailable');
    if (!read.value) throw new Problem('route_not_found');
    const at = { ...visit, path: `/accreditation/departures/${id}` };
    sendPage(reply, at, departurePage(at, read.value, today(), refused), status);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/accreditation', person: await this.sessions.person(request) };
  }
}

const today = (): string => new Date().toISOString().slice(0, 10);
