import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadOpenCount, loadPayments, loadPreview, loadRun, loadRuns } from './run.data.js';
import { runPage, runsPage } from './run.page.js';

const RunParam = z.strictObject({ runId: z.string().regex(/^run_[0-9a-f-]{36}$/) });
/** `code`: of a second factor, once the service has asked for one. */
const Move = z.strictObject({ key: z.uuid(), code: z.string().max(40).optional() });
const reason = z.string().trim().min(1).max(500).optional();
const ApproveForm = Move.extend({
  sha256: z.string().regex(/^[0-9a-f]{64}$/), reason_total: reason, reason_new_accounts: reason, reason_largest_payment: reason,
});

const CancelForm = z.strictObject({ key: z.uuid(), reason: z.string().trim().min(1).max(500) });

type Move = Readonly<{ step: 'approvals' | 'release' | 'cancellation'; key: string; code: string | undefined; body: object }>;

const REFUSED = 403;

@Pages()
export class RunController {
  constructor(
    private readonly services: Services, private readonly sessions: Sessions, private readonly factors: SecondFactors,
    private readonly settings: WebSettings,
  ) {}

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
    const { key, code, sha256, ...given } = parseForm(ApproveForm, body);
    const reasons = Object.entries(given).flatMap(([field, text]) => (text ? [{ breaker: field.slice('reason_'.length), reason: text }] : []));
    await this.move(parse(RunParam, param).runId, { step: 'approvals', key, code, body: { sha256, ...(reasons.length > 0 && { reasons }) } }, request, reply);
  }

  @Post('runs/:runId/release')
  @HttpCode(303)
  @AllowOnly('anyone')
  async release(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, code } = parseForm(Move, body);
    await this.move(parse(RunParam, param).runId, { step: 'release', key, code, body: {} }, request, reply);
  }

  @Post('runs/:runId/cancel')
  @HttpCode(303)
  @AllowOnly('anyone')
  async cancel(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, reason } = parseForm(CancelForm, body);
    await this.move(parse(RunParam, param).runId, { step: 'cancellation', key, code: undefined, body: { reason } }, request, reply);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  private async move(runId: string, move: Move, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (move.code !== undefined) {
      const entered = await this.factors.enter(request, move.code);
      if (isRefused(entered)) return this.page(runId, await this.visit(request), reply, { code: entered.refused, status: REFUSED });
    }
    const visit = await this.visit(request);
    const { bearer } = visit.person;
    const moved = await this.services.post(`/settlement/settlement-runs/${runId}/${move.step}`, z.unknown(), bearer, { body: move.body, key: move.key });
    if (moved.ok) return seeOther(reply, `/runs/${runId}`);
    await this.page(runId, visit, reply, moved);
  }

  private async page(runId: string, visit: SignedInVisit, reply: FastifyReply, refused?: { code: string; status: number }): Promise<void> {
    const { bearer } = visit.person;
    const [run, payments] = await Promise.all([loadRun(this.services, bearer, runId), loadPayments(this.services, bearer, runId)]);
    const isOpen = run.ok && (run.value.state === 'drafted' || run.value.state === 'approved');
    const preview = isOpen ? await loadPreview(this.services, bearer, runId) : undefined;
    if (!run.ok) throw new Problem(run.status === 404 ? 'route_not_found' : run.status === 403 ? 'role_missing' : 'unavailable');
    const openCount = run.value.state === 'released' ? await loadOpenCount(this.services, bearer, runId) : undefined;
    const view = { run: run.value, payments, ...(openCount && { openCount }), ...(preview && { preview }),
      ...(refused && { refused: refused.code }) };
    // Where the links that change the language lead, also when this answers a form.
    sendPage(reply, visit, runPage({ ...visit, path: `/runs/${runId}` }, view), refused?.status ?? 200);
  }
}
