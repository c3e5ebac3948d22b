import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadPayments, loadRun, loadRuns } from './run.data.js';
import { runPage, runsPage } from './run.page.js';

const RunParam = z.strictObject({ runId: z.string().regex(/^run_[0-9a-f-]{36}$/) });
const ApproveForm = z.strictObject({ key: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const ReleaseForm = z.strictObject({ key: z.uuid() });

type Move = Readonly<{ step: 'approvals' | 'release'; key: string; body: object }>;

@Pages()
export class RunController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('runs')
  @AllowOnly('anyone')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    sendPage(reply, visit, runsPage(visit, await loadRuns(this.services, visit.person.bearer)));
  }

  @Get('runs/:runId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(parse(RunParam, param).runId, await this.visit(request), reply);
  }

  @Post('runs/:runId/approve')
  @HttpCode(303)
  @AllowOnly('anyone')
  async approve(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, sha256 } = parseForm(ApproveForm, body);
    await this.move(parse(RunParam, param).runId, { step: 'approvals', key, body: { sha256 } }, request, reply);
  }

  @Post('runs/:runId/release')
  @HttpCode(303)
  @AllowOnly('anyone')
  async release(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key } = parseForm(ReleaseForm, body);
    await this.move(parse(RunParam, param).runId, { step: 'release', key, body: {} }, request, reply);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  private async move(runId: string, move: Move, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    const { bearer } = visit.person;
    const moved = await this.services.post(`/settlement/settlement-runs/${runId}/${move.step}`, z.unknown(), bearer, { body: move.body, key: move.key });
    if (moved.ok) return seeOther(reply, `/runs/${runId}`);
    await this.page(runId, visit, reply, moved);
  }

  private async page(runId: string, visit: SignedInVisit, reply: FastifyReply, refused?: { code: string; status: number }): Promise<void> {
    const { bearer } = visit.person;
    const [run, payments] = await Promise.all([loadRun(this.services, bearer, runId), loadPayments(this.services, bearer, runId)]);
    if (!run.ok) throw new Problem(run.status === 404 ? 'route_not_found' : run.status === 403 ? 'role_missing' : 'unavailable');
    sendPage(reply, visit, runPage(visit, { run: run.value, payments, ...(refused && { refused: refused.code }) }), refused?.status ?? 200);
  }
}
