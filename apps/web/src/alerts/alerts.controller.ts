import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { decisionRefusal } from '../decisions/decision-refusals.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadBoard, loadPlaceAlerts } from './alerts.data.js';
import { boardPage } from './alerts.page.js';
import { placeAlertsPage } from './place-alerts.page.js';

const AlertParam = z.strictObject({ alertId: z.string().regex(/^alr_[0-9a-f-]{36}$/) });
const TextForm = z.strictObject({ key: z.uuid(), text: z.string().trim().min(1).max(4_000) });

type Refused = Readonly<{ code: string; status: number }>;

/** The board of the operator, and what a place is told of alerts about itself. One alert is a page of its own: `alert.page.ts`. */
@Pages()
export class AlertsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('alerts')
  @AllowOnly('anyone')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.visit(request), reply);
  }

  /** A place states its grounds; nothing moves before somebody answers, so that no code is asked for. */
  @Post('alerts/:alertId/appeal')
  @HttpCode(303)
  @AllowOnly('anyone')
  async appeal(@Param() param: unknown, @Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { alertId } = parse(AlertParam, param);
    const { key, text } = parseForm(TextForm, form);
    const visit = await this.visit(request);
    const moved = await this.services.post(`/audit/alerts/${alertId}/appeals`, z.unknown(), visit.person.bearer, { body: { grounds: text }, key });
    if (moved.ok) return seeOther(reply, '/alerts');
    await this.page(visit, reply, moved);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  /** Links that change the language lead to the list, also when this answers a form. */
  private async page(visit: SignedInVisit, reply: FastifyReply, no?: Refused): Promise<void> {
    const { person: { bearer, organisation } } = visit;
    const [at, refused, status] = [{ ...visit, path: '/alerts' }, no && decisionRefusal(no.code, visit.say), no?.status ?? 200];
    if (organisation.kind === 'place') return sendPage(reply, at, placeAlertsPage(at, await loadPlaceAlerts(this.services, bearer), refused), status);
    sendPage(reply, at, boardPage(at, await loadBoard(this.services, bearer)), status);
  }
}
