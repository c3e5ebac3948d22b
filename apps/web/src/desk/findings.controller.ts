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
import { loadFinding, loadFindings, loadMandates, loadSamples } from './desk.data.js';
import { deskPage } from './desk.page.js';
import { findingPage, findingsPage } from './finding.page.js';

const FindingParam = z.strictObject({ findingId: z.string().regex(/^fnd_[0-9a-f-]{36}$/) });
const text = z.string().trim().min(1).max(4_000);
const TextForm = z.strictObject({ key: z.uuid(), text });
const ClosingForm = TextForm.extend({ outcome: z.string().max(40) });
const RaiseForm = z.strictObject({
  key: z.uuid(), title: z.string().trim().max(200), observation: text, severity: z.string().max(20), replyDue: z.string().max(20),
  addressee: z.string().trim().regex(/^(operator|(pyr|plc)_[0-9a-f-]{36})$/), sampleId: z.string().max(60).optional(), position: z.string().max(5).optional(),
});
const raised = z.object({ findingId: z.string() });

type Refused = Readonly<{ code: string; status: number }>;
type Written = Readonly<{ param: unknown; path: string; form: { key: string } }>;

/** For both sides: audit decides who reads a finding and who may write to it. */
@Pages()
export class FindingsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('findings')
  @AllowOnly('anyone')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    sendPage(reply, visit, findingsPage(visit, await loadFindings(this.services, visit.person.bearer)));
  }

  @Post('findings')
  @HttpCode(303)
  @AllowOnly('anyone')
  async raise(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, addressee, position, ...finding } = parseForm(RaiseForm, body);
    const visit = await this.visit(request);
    const given = { ...finding, addressee: addresseeOf(addressee), ...(position && { position: Number(position) }) };
    const answer = await this.services.post('/audit/findings', raised, visit.person.bearer, { body: given, key });
    if (answer.ok) return seeOther(reply, `/findings/${answer.value.findingId}`);
    const { bearer } = visit.person;
    const [mandates, samples, findings] = await Promise.all([
      loadMandates(this.services, bearer), loadSamples(this.services, bearer), loadFindings(this.services, bearer),
    ]);
    sendPage(reply, visit, deskPage({ ...visit, path: '/desk' }, { mandates, samples, findings, refused: answer.code }), answer.status);
  }

  @Get('findings/:findingId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(await this.visit(request), reply, parse(FindingParam, param).findingId);
  }

  @Post('findings/:findingId/reply')
  @HttpCode(303)
  @AllowOnly('anyone')
  reply(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.write(request, reply, { param, path: 'replies', form: parseForm(TextForm, body) });
  }

  @Post('findings/:findingId/note')
  @HttpCode(303)
  @AllowOnly('anyone')
  note(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.write(request, reply, { param, path: 'notes', form: parseForm(TextForm, body) });
  }

  @Post('findings/:findingId/close')
  @HttpCode(303)
  @AllowOnly('anyone')
  close(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.write(request, reply, { param, path: 'closing', form: parseForm(ClosingForm, body) });
  }

  private async write(
    request: FastifyRequest, reply: FastifyReply, { param, path, form: { key, ...body } }: Written,
  ): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { findingId } = parse(FindingParam, param);
    const visit = await this.visit(request);
    const written = await this.services.post(`/audit/findings/${findingId}/${path}`, z.unknown(), visit.person.bearer, { body, key });
    if (written.ok) return seeOther(reply, `/findings/${findingId}`);
    await this.send({ ...visit, path: `/findings/${findingId}` }, reply, findingId, written);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  private async send(visit: SignedInVisit, reply: FastifyReply, findingId: string, refused?: Refused): Promise<void> {
    const finding = await loadFinding(this.services, visit.person.bearer, findingId);
    if (!finding.ok) throw new Problem(finding.status === 404 ? 'route_not_found' : finding.status === 403 ? 'role_missing' : 'unavailable');
    sendPage(reply, visit, findingPage(visit, finding.value, refused?.code), refused?.status ?? 200);
  }
}

function addresseeOf(typed: string): object {
  if (typed === 'operator') return { kind: 'operator' };
  return { kind: typed.startsWith('pyr_') ? 'payer' : 'place', partyId: typed };
}
