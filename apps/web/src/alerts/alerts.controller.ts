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
import { alertRefusal } from './alert-refusals.js';
import { loadAlert, loadBoard, loadPlaceAlerts } from './alerts.data.js';
import { alertPage, boardPage } from './alerts.page.js';
import { placeAlertsPage } from './place-alerts.page.js';

const alertId = z.string().regex(/^alr_[0-9a-f-]{36}$/);
const AlertParam = z.strictObject({ alertId });
const StepParam = z.strictObject({ alertId, step: z.enum(['dismissal', 'upholding', 'appeal']) });
const AppealParam = z.strictObject({ alertId, appealId: z.string().regex(/^ala_[0-9a-f-]{36}$/) });
const TextForm = z.strictObject({ key: z.uuid(), text: z.string().trim().min(1).max(4_000) });
const AnswerForm = TextForm.extend({ outcome: z.enum(['upheld', 'rejected']) });

type Refused = Readonly<{ code: string; status: number }>;
type Move = Readonly<{ path: string; key: string; body: object; back: string }>;

@Pages()
export class AlertsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('alerts')
  @AllowOnly('anyone')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page('/alerts', await this.visit(request), reply);
  }

  @Get('alerts/:alertId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(`/alerts/${parse(AlertParam, param).alertId}`, await this.visit(request), reply);
  }

  @Post('alerts/:alertId/:step')
  @HttpCode(303)
  @AllowOnly('anyone')
  async step(@Param() param: unknown, @Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { alertId: of, step } = parse(StepParam, param);
    const { key, text } = parseForm(TextForm, form);
    const move = step === 'appeal'
      ? { path: `/audit/alerts/${of}/appeals`, body: { grounds: text }, back: '/alerts' }
      : { path: `/audit/alerts/${of}/${step}`, body: { explanation: text }, back: `/alerts/${of}` };
    await this.move({ ...move, key }, request, reply);
  }

  @Post('alerts/:alertId/appeals/:appealId')
  @HttpCode(303)
  @AllowOnly('anyone')
  async answer(@Param() param: unknown, @Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { alertId: of, appealId } = parse(AppealParam, param);
    const { key, text, outcome } = parseForm(AnswerForm, form);
    await this.move({ path: `/audit/alert-appeals/${appealId}/answers`, body: { outcome, reasons: text }, key, back: `/alerts/${of}` }, request, reply);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  private async move({ path, key, body, back }: Move, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    const moved = await this.services.post(path, z.unknown(), visit.person.bearer, { body, key });
    if (moved.ok) return seeOther(reply, back);
    await this.page(back, visit, reply, moved);
  }

  /** `path`: where the links that change the language lead, also when this answers a form. */
  private async page(path: string, visit: SignedInVisit, reply: FastifyReply, no?: Refused): Promise<void> {
    const { person: { bearer, organisation } } = visit;
    const [at, refused, status] = [{ ...visit, path }, no && alertRefusal(no.code, visit.say), no?.status ?? 200];
    if (organisation.kind === 'place') return sendPage(reply, at, placeAlertsPage(at, await loadPlaceAlerts(this.services, bearer), refused), status);
    if (path === '/alerts') return sendPage(reply, at, boardPage(at, await loadBoard(this.services, bearer)), status);
    const loaded = await loadAlert(this.services, bearer, path.slice('/alerts/'.length));
    if (!loaded.ok) throw new Problem(loaded.status === 404 ? 'route_not_found' : loaded.status === 403 ? 'role_missing' : 'unavailable');
    sendPage(reply, at, alertPage(at, loaded.value.alert, loaded.value.facts, refused), status);
  }
}
