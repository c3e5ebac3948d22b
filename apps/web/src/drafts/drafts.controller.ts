import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { OrderParam } from '../orders/orders.controller.js';
import { loadInvoices } from '../orders/order.data.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services, type Problem as Refused } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadDraft, loadOpenProgrammes } from './draft.data.js';
import { draftPage } from './draft.page.js';
import { draftBody, orderAddress, orderPosted, readOrder, type FormStep, type OrderTexts } from './order-form.js';
import { orderFormPage } from './order-form.page.js';

const reason = z.string().trim().min(1).max(500);
const version = z.coerce.number().int().min(1).max(1_000_000);
const AnswerForm = z.discriminatedUnion('answer', [
  z.strictObject({ key: z.uuid(), version, answer: z.literal('accepted') }), z.strictObject({ key: z.uuid(), version, answer: z.literal('refused'), reason }),
]);
const CancelForm = z.strictObject({ key: z.uuid(), reason });
const drafted = z.object({ orderId: z.string() });
const answered = z.object({ reference: z.string().nullable() });
const DRAFT = /^ord_[0-9a-f-]{36}$/;

/** Orders before there are any: the form in steps, the draft, and the answer to its quote. */
@Pages()
export class DraftsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('orders/new')
  @AllowOnly('anyone')
  async form(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { step, ...said } = parse(orderAddress, query);
    await this.formPage(step, said, await this.visit(request), reply);
  }

  @Post('orders/new')
  @HttpCode(303)
  @AllowOnly('anyone')
  async draft(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, ...said } = parseForm(orderPosted, body);
    const visit = await this.visit(request);
    const programmes = await loadOpenProgrammes(this.services, visit.person.bearer);
    const asked = programmes.ok ? readOrder(said, programmes.value).asked : undefined;
    if (!asked) return this.formPage('check', said, visit, reply, programmes.ok ? undefined : programmes);
    const path = DRAFT.test(said.draft) ? `/issuance/order-drafts/${said.draft}/revisions` : '/issuance/order-drafts';
    const read = await this.services.post(path, drafted, visit.person.bearer, { body: draftBody(asked, ownIdOf(visit)), key });
    if (read.ok) return seeOther(reply, `/drafts/${read.value.orderId}`);
    await this.formPage('check', said, visit, reply, read);
  }

  @Get('drafts/:orderId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(parse(OrderParam, param).orderId, await this.visit(request), reply);
  }

  @Post('drafts/:orderId/answer')
  @HttpCode(303)
  @AllowOnly('anyone')
  async answer(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const [{ orderId }, { key, version: of, ...given }] = [parse(OrderParam, param), parseForm(AnswerForm, body)];
    const visit = await this.visit(request);
    const read = await this.services.post(`/issuance/order-drafts/${orderId}/quotes/${of}/answers`, answered, visit.person.bearer, { body: given, key });
    if (read.ok) return seeOther(reply, read.value.reference === null ? `/drafts/${orderId}` : `/orders/${orderId}`);
    await this.page(orderId, visit, reply, read);
  }

  @Post('drafts/:orderId/cancel')
  @HttpCode(303)
  @AllowOnly('anyone')
  async cancel(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const [{ orderId }, { key, ...given }, visit] = [parse(OrderParam, param), parseForm(CancelForm, body), await this.visit(request)];
    const read = await this.services.post(`/issuance/orders/${orderId}/cancellation`, z.unknown(), visit.person.bearer, { body: given, key });
    if (read.ok) return seeOther(reply, `/drafts/${orderId}`);
    await this.page(orderId, visit, reply, read);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  /** A step is shown once those before it are answered; else the first that is not, saying what it wants. */
  private async formPage(
    step: FormStep, said: OrderTexts, visit: SignedInVisit, reply: FastifyReply, refused?: Refused,
  ): Promise<void> {
    const programmes = await loadOpenProgrammes(this.services, visit.person.bearer);
    if (!programmes.ok) throw new Problem(programmes.status === 403 ? 'role_missing' : 'unavailable');
    const read = readOrder(said, programmes.value);
    const shown = stepToShow(step, read.wrong);
    const view = {
      step: shown, said, read, programmes: programmes.value, showWrong: shown !== step, refused: refused?.code, own: ownIdOf(visit),
    };
    sendPage(reply, visit, orderFormPage({ ...visit, path: '/orders/new' }, view), refused?.status ?? 200);
  }

  private async page(orderId: string, visit: SignedInVisit, reply: FastifyReply, refused?: Refused): Promise<void> {
    const { bearer } = visit.person;
    const [draft, documents] = await Promise.all([loadDraft(this.services, bearer, orderId), loadInvoices(this.services, bearer, orderId)]);
    if (!draft.ok) throw new Problem(draft.status === 404 ? 'route_not_found' : draft.status === 403 ? 'role_missing' : 'unavailable');
    if (draft.value.state === 'accepted' && !refused) return seeOther(reply, `/orders/${orderId}`);
    const view = { draft: draft.value, documents: documents.ok ? documents.value : [], own: ownIdOf(visit), refused: refused?.code };
    sendPage(reply, visit, draftPage({ ...visit, path: `/drafts/${orderId}` }, view), refused?.status ?? 200);
  }
}

function stepToShow(step: FormStep, wrong: ReadonlySet<string>): FormStep {
  if (step === 'programme' || wrong.has('programmeId')) return 'programme';
  if (step === 'vouchers' || wrong.has('count') || wrong.has('face')) return 'vouchers';
  return step === 'funders' || wrong.has('funders') ? 'funders' : 'check';
}

const ownIdOf = ({ person: { organisation: { kind, partyId } } }: SignedInVisit): string => (kind === 'payer' ? partyId ?? '' : '');
