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
import { loadApplication, loadStanding } from './accreditation.data.js';
import { accreditationPage } from './accreditation.page.js';
import { ApplicationForm, contentTyped, isSubmitted } from './application-form.js';
import { applicationPage, type RefusedApplication } from './application.page.js';

const applicationId = z.string().regex(/^app_[0-9a-f-]{36}$/);
const ApplicationParam = z.strictObject({ applicationId });
const StartForm = z.strictObject({ key: z.uuid(), programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/) });
const AppealForm = z.strictObject({
  key: z.uuid(), kind: z.enum(['measure', 'refusal']), id: z.string().regex(/^[a-z]{3}_[0-9a-f-]{36}$/), grounds: z.string().trim().min(1).max(4_000),
});
const NettingForm = z.strictObject({
  key: z.uuid(), version: z.coerce.number().int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const started = z.object({ applicationId });
const Key = z.uuid();

@Pages()
export class AccreditationController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('accreditation')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.visit(request), reply);
  }

  @Post('accreditation/appeals')
  @HttpCode(303)
  @AllowOnly('anyone')
  async appeal(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, kind, id, grounds } = parseForm(AppealForm, body);
    const path = `/redemption/${kind === 'measure' ? 'measures' : 'refusals'}/${id}/appeals`;
    await this.move(path, { body: { grounds }, key }, request, reply);
  }

  @Post('accreditation/netting')
  @HttpCode(303)
  @AllowOnly('anyone')
  async netting(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, ...terms } = parseForm(NettingForm, body);
    await this.move('/settlement/netting-acceptances', { body: terms, key }, request, reply);
  }

  @Post('accreditation/applications')
  @HttpCode(303)
  @AllowOnly('anyone')
  async start(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, programmeId } = parseForm(StartForm, body);
    const visit = await this.visit(request);
    const read = await this.services.post('/redemption/applications', started, visit.person.bearer, { body: { programmeId }, key });
    if (read.ok) return seeOther(reply, `/accreditation/applications/${read.value.applicationId}`);
    await this.page(visit, reply, read);
  }

  @Get('accreditation/applications/:applicationId')
  @AllowOnly('anyone')
  async application(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.applicationPage(parse(ApplicationParam, param).applicationId, await this.visit(request), reply);
  }

  /** Written first, so that what is refused is kept; then submitted, where that was asked. */
  @Post('accreditation/applications/:applicationId')
  @HttpCode(303)
  @AllowOnly('anyone')
  async write(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const of = parse(ApplicationParam, param).applicationId;
    const typed = parseForm(ApplicationForm, body);
    const [key, submission] = [parse(Key, typed['key']), parse(Key, typed['submission'])];
    const visit = await this.visit(request);
    const path = `/redemption/applications/${of}`;
    const written = await this.services.post(`${path}/content`, z.unknown(), visit.person.bearer, { body: contentTyped(typed), key });
    if (!written.ok) return this.applicationPage(of, visit, reply, { code: written.code, typed }, written.status);
    if (!isSubmitted(typed)) return seeOther(reply, `/accreditation/applications/${of}`);
    const submitted = await this.services.post(`${path}/submission`, z.unknown(), visit.person.bearer, { body: {}, key: submission });
    if (!submitted.ok) return this.applicationPage(of, visit, reply, { code: submitted.code }, submitted.status);
    seeOther(reply, '/accreditation');
  }

  private async move(
    path: string, posted: Readonly<{ body: object; key: string }>, request: FastifyRequest, reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visit(request);
    const moved = await this.services.post(path, z.unknown(), visit.person.bearer, posted);
    if (moved.ok) return seeOther(reply, '/accreditation');
    await this.page(visit, reply, moved);
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, refused?: Readonly<{ code: string; status: number }>): Promise<void> {
    const standing = await loadStanding(this.services, visit.person.bearer);
    const today = new Date().toISOString().slice(0, 10);
    sendPage(reply, visit, accreditationPage(visit, standing, today, refused?.code), refused?.status ?? 200);
  }

  private async applicationPage(
    of: string, visit: SignedInVisit, reply: FastifyReply, refused?: RefusedApplication, status = 200,
  ): Promise<void> {
    const read = await loadApplication(this.services, visit.person.bearer, of);
    if (!read.ok) throw new Problem(read.status === 403 ? 'role_missing' : 'unavailable');
    if (!read.value) throw new Problem('route_not_found');
    const at = { ...visit, path: `/accreditation/applications/${of}` };
    sendPage(reply, at, applicationPage(at, read.value, refused), status);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/accreditation', person: await this.sessions.person(request) };
  }
}
