import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { sessionCookies } from '../cookies.js';
import { NO_IMPERSONATION, signInCookies } from '../impersonations/impersonation-cookie.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { IdentityAway, ORGANISATION_COOKIE, Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf } from '../visit.js';
import { ownPath } from './own-path.js';
import { signInPage } from './sign-in.page.js';
import { signedOutPage } from './signed-out.page.js';

const SignInForm = z.strictObject({ email: z.string().max(200), password: z.string().max(128), next: z.string().max(300) });
const OrganisationForm = z.strictObject({ organisationId: z.string().regex(/^org_[0-9a-f-]{36}$/) });
const SignOutForm = z.strictObject({});
const DONE = 200;
const FAILED = 401;
const THROTTLED = 429;

@Pages()
export class SignInController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('sign-in')
  @AllowOnly('anyone')
  show(@Query('next') next: unknown, @Query('chosen') chosen: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, signInPage(visit, { email: '', next: ownPath(next), chosen: chosen === '1' }));
  }

  @Post('sign-in')
  @HttpCode(303)
  @AllowOnly('anyone')
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { email, password, next } = parseForm(SignInForm, body);
    const visit = visitOf(request);
    // Identity counts attempts by where the person sits, which only we can see.
    const headers = { 'x-forwarded-for': request.ip, 'user-agent': request.headers['user-agent'] ?? '' };
    const response = await this.services.identity('/identity/auth/sign-in/email', { body: { email, password }, headers });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (response.status === DONE) {
      void reply.header('set-cookie', signInCookies(response));
      return seeOther(reply, ownPath(next));
    }
    const minutes = response.status === THROTTLED ? Math.ceil(Number(response.headers.get('retry-after') ?? 60) / 60) : undefined;
    const page = signInPage(visit, { email, next: ownPath(next), failed: true, minutes });
    sendPage(reply, visit, page, minutes === undefined ? FAILED : THROTTLED);
  }

  @Post('sign-out')
  @HttpCode(303)
  @AllowOnly('anyone')
  async signOut(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    parseForm(SignOutForm, body);
    this.sessions.forget(request.headers.cookie);
    const headers = { cookie: sessionCookies(request.headers.cookie) };
    const response = await this.services.identity('/identity/auth/sign-out', { body: {}, headers });
    // Whoever thinks they are signed out must be: without identity's word the session would live on.
    if (!response?.ok) throw new IdentityAway();
    void reply.header('set-cookie', [...response.headers.getSetCookie(), `${ORGANISATION_COOKIE}=; Path=/; Max-Age=0`, NO_IMPERSONATION]);
    seeOther(reply, '/signed-out');
  }

  @Get('signed-out')
  @AllowOnly('anyone')
  signedOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, signedOutPage(visit));
  }

  @Post('organisation')
  @HttpCode(303)
  @AllowOnly('anyone')
  choose(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    assertSameOrigin(request, this.settings.baseUrl);
    const { organisationId } = parseForm(OrganisationForm, body);
    void reply.header('set-cookie', `${ORGANISATION_COOKIE}=${organisationId}; Path=/; SameSite=Strict; HttpOnly${
      this.settings.baseUrl.startsWith('https:') ? '; Secure' : ''}`);
    seeOther(reply, '/home');
  }
}
