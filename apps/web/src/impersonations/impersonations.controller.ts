import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { AllowOnly, ROLES } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { sessionCookies } from '../cookies.js';
import { Asked, findOrganisations, organisationId } from '../find-organisation/find-organisation.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { asksForCode } from '../second-factor/second-factor-words.js';
import { Services } from '../services.js';
import { IdentityAway, Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { impersonationCookie, impersonationIn, NO_IMPERSONATION } from './impersonation-cookie.js';
import { beginPage, MINUTES, newImpersonationPage } from './new-impersonation.page.js';

const Form = z.strictObject({
  key: z.uuid(), organisationId, named: z.string().max(200), role: z.enum(ROLES), reason: z.string().max(500),
  minutes: z.enum(MINUTES), code: z.string().max(40).optional(),
});
const begun = z.object({ impersonationId: z.string(), expiresAt: z.string() });

@Pages()
export class ImpersonationsController {
  constructor(
    private readonly services: Services, private readonly sessions: Sessions, private readonly factors: SecondFactors,
    private readonly settings: WebSettings,
  ) {}

  @Get('impersonations/new')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { named = '', organisationId: chosen } = parse(Asked, query);
    const visit = await this.visit(request);
    const all = await findOrganisations(this.services, visit.person.bearer, named);
    const one = all?.ok ? all.value.find((each) => each.organisationId === chosen) : undefined;
    sendPage(reply, visit, one ? beginPage(visit, one) : newImpersonationPage(visit, named, all));
  }

  @Post('impersonations/new')
  @HttpCode(303)
  @AllowOnly('anyone')
  async begin(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { code, named, ...filled } = parseForm(Form, body);
    const entered = code === undefined ? undefined : await this.factors.enter(request, code);
    const visit = await this.visit(request);
    const { key, minutes, ...asked } = filled;
    const answer = entered && isRefused(entered) ? { ok: false as const, code: entered.refused }
      : await this.services.post('/identity/impersonations', begun, visit.person.bearer, { body: { ...asked, minutes: Number(minutes) }, key });
    if (answer.ok) {
      const { impersonationId, expiresAt } = answer.value;
      void reply.header('set-cookie', impersonationCookie({ impersonationId, untilMs: Date.parse(expiresAt) }, this.settings.baseUrl));
      return seeOther(reply, '/home');
    }
    const all = await findOrganisations(this.services, visit.person.bearer, named);
    const one = all?.ok ? all.value.find((each) => each.organisationId === filled.organisationId) : undefined;
    if (!one) return sendPage(reply, visit, newImpersonationPage(visit, named, all, answer.code), 403);
    // A refusal is kept with its key: what is corrected goes under a new one.
    sendPage(reply, visit, beginPage(visit, one, { ...filled, key: asksForCode(answer.code) ? key : uuidv7(), refused: answer.code }), 403);
  }

  /** Which ended already is ended: what follows are one's own pages. */
  @Post('impersonations/end')
  @HttpCode(303)
  @AllowOnly('anyone')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { cookie } = request.headers;
    const asked = impersonationIn(cookie);
    const response = asked && await this.services.identity('/identity/impersonations/endings', { body: { impersonationId: asked.impersonationId }, headers: { cookie: sessionCookies(cookie) } });
    // Whoever thinks that it ended must be right: without identity's word it would go on.
    if (asked && (!response || response.status >= 500)) throw new IdentityAway();
    this.sessions.forget(cookie);
    void reply.header('set-cookie', NO_IMPERSONATION);
    seeOther(reply, asked ? `/impersonations/${asked.impersonationId}` : '/home');
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/impersonations/new', person: await this.sessions.person(request) };
  }
}
