import { Body, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { loadProgrammes } from '../impact/impact.data.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services, type Problem } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { ConfirmForm, inForce, loadTargets, setTarget, TargetDraft, TargetsQuery, type Draft } from './targets.data.js';
import { previewPage, targetsPage } from './targets.page.js';

/** What a programme aims at by area: everybody who sees the territory reads it, an operator sets it after seeing the difference. */
@Pages()
export class TargetsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('territory/targets')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const said = parse(TargetsQuery, query);
    const visit = await this.visit(request);
    const { bearer } = visit.person;
    const programmes = await loadProgrammes(this.services, bearer);
    const programmeId = said.programmeId ?? (programmes.ok ? programmes.value[0]?.programmeId : undefined);
    const asked = { programmeId: programmeId ?? '', year: said.year ?? String(new Date().getUTCFullYear()) };
    const targets = programmeId === undefined ? null : await loadTargets(this.services, bearer, asked);
    sendPage(reply, visit, targetsPage(visit, { programmes, asked, targets }));
  }

  /** Nothing is set by it: what is wrong with the words is said here, beside them. */
  @Get('territory/targets/preview')
  @AllowOnly('anyone')
  async preview(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = parse(TargetDraft, query);
    const visit = await this.visit(request);
    await this.shown(visit, reply, draft);
  }

  @Post('territory/targets')
  @AllowOnly('anyone')
  async set(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, previousVersion, ...draft } = parseForm(ConfirmForm, body);
    const visit = await this.visit(request);
    const done = await setTarget(this.services, visit.person.bearer, { key, previousVersion: Number(previousVersion), draft });
    if (done.ok) return seeOther(reply, `/territory/targets?${new URLSearchParams({ programmeId: draft.programmeId, year: draft.year })}`);
    await this.shown(visit, reply, draft, done);
  }

  private async shown(visit: SignedInVisit, reply: FastifyReply, draft: Draft, refused?: Problem): Promise<void> {
    const targets = await loadTargets(this.services, visit.person.bearer, draft);
    const before = targets.ok ? inForce(targets.value, draft) : null;
    sendPage(reply, visit, previewPage(visit, { draft, targets, before, refused: refused?.code }), refused?.status ?? 200);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }
}
